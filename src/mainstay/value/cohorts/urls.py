"""Addresses of cohorts."""

from django.urls import path

from . import views

urlpatterns = [
    path("cohorts/", views.overview, name="cohorts"),
    path("cohorts/growth/", views.growth, name="growth"),
    path("cohorts/own/", views.own, name="own_cohorts"),
    path("cohorts/own/<int:pk>/", views.own, name="own_cohort"),
    path("cohorts/own/<int:pk>/remove/", views.remove_own, name="remove_own_cohort"),
]
