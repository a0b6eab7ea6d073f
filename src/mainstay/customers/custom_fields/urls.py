from django.urls import path

from . import views

app_name = "custom_fields"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/<str:of>/", views.add, name="types"),
    path("add/<str:of>/<str:kind>/", views.add, name="add"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/move/<str:way>/", views.move, name="move"),
    path("<int:pk>/become/<str:kind>/", views.convert, name="convert"),
]
