"""Addresses that the customer's invited people open."""

from django.urls import path

from . import public_views as views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("open/<str:token>/", views.come_in, name="open"),
    path("works/<int:pk>/", views.work, name="work"),
    path("leave/", views.leave, name="leave"),
]
