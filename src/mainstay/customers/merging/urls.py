from django.urls import path

from mainstay.customers.merging import views

app_name = "merging"

urlpatterns = [
    path("", views.review, name="review"),
    path("history/", views.index, name="index"),
    path("review/<int:pk>/", views.decide, name="decide"),
    path("review/take-back/", views.take_back, name="take_back"),
    path("by-rule/", views.by_rule, name="by_rule"),
    path("by-rule/<int:pk>/undo/", views.undo_batch, name="undo_batch"),
    path("values/", views.values, name="values"),
    path("compare/", views.compare, name="compare"),
    path("history/<int:pk>/", views.merge, name="merge"),
    path("history/<int:pk>/undo/", views.undo, name="undo"),
]
