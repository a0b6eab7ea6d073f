"""Addresses of what-if."""

from django.urls import path

from . import views

urlpatterns = [
    path("what-if/", views.page, name="what_if"),
    path("what-if/keep/", views.keep, name="keep_scenario"),
    path("what-if/<int:pk>/put-away/", views.put_away, name="put_away_scenario"),
]
