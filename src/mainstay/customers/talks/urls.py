"""Addresses of conversations."""

from django.urls import path

from mainstay.customers.talks import views

app_name = "talks"

urlpatterns = [
    path("", views.index, name="list"),
    path("for-you/", views.for_you, name="for_you"),
    path("add/<int:customer>/", views.add, name="add"),
    path("customers/<int:pk>/who/", views.who_talks_to_whom, name="who"),
    path("contacts/<int:pk>/timeline/", views.of_contact, name="of_contact"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/settle/", views.settle, name="settle"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/files/", views.attach, name="attach"),
    path("<int:pk>/files/<int:number>/", views.file, name="file"),
    path("<int:pk>/files/<int:number>/remove/", views.remove_file, name="remove_file"),
]
