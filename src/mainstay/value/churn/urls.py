"""Addresses of lost customers."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.overview, name="churn"),
    path("rule/", views.rule, name="loss_rule"),
    path("reasons/", views.reasons, name="loss_reasons"),
    path("reasons/<slug:key>/", views.offer_reason, name="offer_reason"),
    path("customers/<int:pk>/", views.loss, name="loss"),
    path("retention/", views.cases, name="retention"),
    path("retention/add/", views.add_case, name="add_retention_case"),
    path("retention/<int:pk>/", views.case, name="retention_case"),
    path("retention/<int:pk>/archive/", views.archive_case, name="archive_retention_case"),
]
