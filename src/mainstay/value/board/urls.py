"""Addresses of board packs."""

from django.urls import path

from . import views

urlpatterns = [
    path("board-packs/", views.packs, name="board_packs"),
    path("board-packs/make/", views.make, name="make_board_pack"),
    path("board-packs/<int:pk>/pdf/", views.pdf, name="board_pack_pdf"),
]
