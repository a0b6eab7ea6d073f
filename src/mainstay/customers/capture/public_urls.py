"""Addresses that visitors open; each carries a random token."""

from django.urls import path

from . import public_views as views

app_name = "public_capture"
urlpatterns = [
    path("gift/<str:token>/", views.gift, name="gift"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("<str:token>/", views.page, name="page"),
    path("<str:token>/embed/", views.embed, name="embed"),
    path("<str:token>/seen/", views.seen, name="seen"),
]
