"""Addresses of the quality of data."""

from django.urls import path

from . import views

app_name = "quality"
urlpatterns = [
    path("", views.index, name="index"),
    path("start/", views.start, name="start"),
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:key>/", views.rule, name="rule"),
    path("returned-mail/", views.bounces, name="bounces"),
    path("worklist/", views.worklist, name="worklist"),
    path("customers/<int:pk>/<slug:key>/", views.at_customer, name="at_customer"),
    path("worklist/<int:pk>/", views.finding, name="finding"),
    path("worklist/<int:pk>/ignore/", views.ignore, name="ignore"),
    path("worklist/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("worklist/<int:pk>/assign/", views.assign, name="assign"),
    path("worklist/<int:pk>/confirm/", views.confirm, name="confirm"),
]
