"""Addresses of e-mails."""

from django.urls import path

from mainstay.customers.mail import box_views, views

app_name = "mail"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("rules/", views.rules, name="rules"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/again/", views.again, name="again"),
    path("<int:number>/cancel/", views.cancel, name="cancel"),
    path("<int:number>/delete/", views.delete, name="delete"),
    path("<int:number>/skipped/", views.skipped, name="skipped"),
    path("boxes/add/", box_views.add, name="add_box"),
    path("boxes/<int:number>/", box_views.change, name="box"),
    path("boxes/<int:number>/try/", box_views.attempt, name="try_box"),
    path("boxes/<int:number>/read/", box_views.read, name="read_box"),
    path("boxes/<int:number>/pause/", box_views.pause, name="pause_box"),
    path("boxes/<int:number>/remove/", box_views.remove, name="remove_box"),
    path("unknown/<int:number>/", views.unknown, name="unknown"),
]
