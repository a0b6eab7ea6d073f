from django.urls import path

from . import views

app_name = "sharing"

urlpatterns = [
    path("<int:pk>/who-sees/", views.who_sees, name="who_sees"),
    path("<int:pk>/who-sees/<int:number>/stop/", views.stop, name="stop"),
]
