"""Addresses of preferences."""

from django.urls import path

from mainstay.customers.preferences import views

app_name = "preferences"

urlpatterns = [
    path("topics/", views.topics, name="topics"),
    path("customers/<int:pk>/", views.customer, name="customer"),
    path("contacts/<int:pk>/", views.contact, name="contact"),
    path("links/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("say/<str:token>/", views.say, name="say"),
]
