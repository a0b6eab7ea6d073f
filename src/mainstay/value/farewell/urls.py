"""Addresses of farewell and of effort by segment."""

from django.urls import path

from . import views

app_name = "farewell"
urlpatterns = [
    path("resources/", views.resources, name="resources"),
    path("farewell/", views.worklist, name="worklist"),
    path("farewell/rules/new/", views.rule, name="new_rule"),
    path("farewell/rules/<int:pk>/", views.rule, name="rule"),
    path("farewell/rows/<int:pk>/", views.proposal, name="proposal"),
    path("farewell/<int:pk>/", views.customer, name="customer"),
]
