"""Addresses of gaps."""

from django.urls import path

from . import views

urlpatterns = [
    path("gaps/", views.overview, name="gaps"),
    path("gaps/markets/", views.markets, name="markets"),
    path("gaps/<int:pk>/", views.wallet, name="wallet"),
]
