"""Addresses of imports."""

from django.urls import path

from mainstay.customers.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("refused/", views.refused_lists, name="refused_lists"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/layout/", views.layout, name="layout"),
    path("<int:number>/mapping/", views.mapping, name="mapping"),
    path("<int:number>/check/", views.check, name="check"),
    path("<int:number>/run/", views.run, name="run"),
    path("<int:number>/cancel/", views.cancel, name="cancel"),
    path("<int:number>/delete/", views.delete, name="delete"),
    path("<int:number>/refused/", views.refused, name="refused"),
]
