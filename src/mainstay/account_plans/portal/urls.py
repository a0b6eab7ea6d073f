from django.urls import path

from . import views

urlpatterns = [
    path("<int:customer>/portal/", views.page, name="portal"),
    path("<int:customer>/portal/works/<int:pk>/", views.work, name="portal_work"),
]
