from django.urls import path

from . import views

app_name = "moving"

urlpatterns = [
    path("", views.exports, name="exports"),
    path("order/", views.order, name="order"),
    path("<int:pk>/file/", views.download, name="download"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
