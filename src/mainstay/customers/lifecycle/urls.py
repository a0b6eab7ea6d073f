from django.urls import path

from . import views

app_name = "lifecycle"

urlpatterns = [
    path("", views.funnel, name="funnel"),
    path("compute/", views.compute, name="compute"),
    path("rules/", views.thresholds, name="thresholds"),
    path("<int:pk>/", views.customer, name="customer"),
    path("<int:pk>/free/", views.free, name="free"),
]
