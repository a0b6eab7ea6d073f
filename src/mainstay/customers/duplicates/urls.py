from django.urls import path

from . import views

app_name = "duplicates"

urlpatterns = [
    path("", views.index, name="index"),
    path("start/", views.start, name="start"),
    path("thresholds/", views.thresholds, name="thresholds"),
    path("<int:pk>/", views.scan, name="scan"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
