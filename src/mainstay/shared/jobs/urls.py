from django.urls import path

from mainstay.shared.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.index, name="index"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/progress/", views.progress, name="progress"),
    path("<str:number>/cancel/", views.cancel, name="cancel"),
    path("<str:number>/retry/", views.retry, name="retry"),
]
