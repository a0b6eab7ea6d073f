"""Address of the comparison of models."""

from django.urls import path

from . import views

urlpatterns = [path("models/", views.page, name="models")]
