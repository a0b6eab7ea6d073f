"""Addresses of tasks."""

from django.urls import path

from mainstay.customers.todo import views

app_name = "todo"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("add/", views.add, name="add"),
    path("calendar/", views.feed, name="feed"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("<int:pk>/", views.task, name="task"),
    path("<int:pk>/finish/", views.finish, name="finish"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
