"""Addresses of e-mails."""

from django.urls import path

from mainstay.customers.mail import views

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
    path("unknown/<int:number>/", views.unknown, name="unknown"),
]
