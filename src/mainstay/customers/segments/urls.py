"""Addresses of segments."""

from django.urls import path

from . import views

app_name = "segments"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("build/", views.build, name="build"),
    path("<int:pk>/", views.segment, name="segment"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/count/", views.count, name="count"),
    path("<int:pk>/fix/", views.fix, name="fix"),
    path("<int:pk>/paste/", views.paste, name="paste"),
    path("<int:pk>/archive/", views.archive, name="archive"),
]
