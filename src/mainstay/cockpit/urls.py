from django.urls import path

from mainstay.cockpit import views

app_name = "cockpit"

urlpatterns = [
    path("", views.home, name="home"),
    path("customers/<int:pk>/", views.customer, name="customer"),
    path("customers/<int:pk>/timeline/", views.timeline, name="timeline"),
    path("customers/<int:pk>/worth/", views.worth, name="worth"),
    path("customers/<int:pk>/interactions/", views.note, name="note"),
]
