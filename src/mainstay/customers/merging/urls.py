from django.urls import path

from mainstay.customers.merging import views

app_name = "merging"

urlpatterns = [
    path("", views.review, name="review"),
    path("history/", views.index, name="index"),
    path("review/<int:pk>/", views.decide, name="decide"),
    path("review/take-back/", views.take_back, name="take_back"),
    path("compare/", views.compare, name="compare"),
    path("history/<int:pk>/", views.merge, name="merge"),
    path("history/<int:pk>/undo/", views.undo, name="undo"),
]
