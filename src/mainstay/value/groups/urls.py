from django.urls import path

from . import views

urlpatterns = [path("groups/<int:pk>/", views.group, name="group")]
