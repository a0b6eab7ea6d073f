"""Addresses of the bank of questions and of what customers answered."""

from django.urls import path

from . import views

app_name = "profiling"
urlpatterns = [
    path("questions/", views.bank, name="bank"),
    path("questions/add/", views.add, name="add"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/customers/<int:pk>/", views.profile, name="profile"),
    path("questions/customers/<int:pk>/<int:number>/", views.answer, name="answer"),
]
