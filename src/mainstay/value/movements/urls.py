"""Address of equity and movements."""

from django.urls import path

from . import views

urlpatterns = [path("equity/", views.page, name="equity")]
