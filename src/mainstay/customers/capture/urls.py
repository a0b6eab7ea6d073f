"""Addresses of capture, for staff."""

from django.urls import path

from . import views

app_name = "capture"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.capture, name="capture"),
    path("inbox/<int:pk>/accept/", views.accept, name="accept"),
    path("inbox/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("coupons/", views.coupons, name="coupons"),
    path("coupons/add/", views.add_batch, name="add_batch"),
    path("coupons/redeem/", views.redeem, name="redeem"),
    path("coupons/<int:pk>/", views.batch, name="batch"),
    path("places/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("places/<int:pk>/visitors/", views.visitors, name="visitors"),
    path("places/<int:pk>/qr.<str:kind>", views.qr, name="qr"),
    path("places/<int:pk>/poster/", views.poster, name="poster"),
    path("<int:pk>/", views.form, name="form"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/call/", views.call, name="call"),
    path("<int:pk>/fields/", views.add_field, name="add_field"),
    path("<int:pk>/fields/<int:number>/", views.change_field, name="change_field"),
    path("<int:pk>/places/", views.add_place, name="add_place"),
]
