from django.urls import path

from mainstay.shared.events import views

app_name = "webhooks"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("<int:number>/", views.endpoint, name="endpoint"),
    path("<int:number>/edit/", views.edit, name="edit"),
    path("<int:number>/secret/", views.secret, name="secret"),
    path("<int:number>/test/", views.test, name="test"),
    path("<int:number>/pause/", views.pause, name="pause"),
    path("<int:number>/resume/", views.resume, name="resume"),
    path("<int:number>/remove/", views.remove, name="remove"),
    path("<int:number>/replay/", views.replay_range, name="replay_range"),
    path("<int:number>/deliveries/<int:delivery>/", views.delivery, name="delivery"),
    path("<int:number>/deliveries/<int:delivery>/replay/", views.replay, name="replay"),
]
