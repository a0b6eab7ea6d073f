from django.urls import path

from mainstay.records import views

app_name = "records"

urlpatterns = [path("", views.index, name="index")]
