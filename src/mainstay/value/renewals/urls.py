"""Address of the renewals of contracts."""

from django.urls import path

from . import views

urlpatterns = [path("churn/renewals/", views.page, name="renewals")]
