from django.urls import path

from . import views

urlpatterns = [
    path("<int:customer>/reviews/", views.reviews, name="reviews"),
    path("<int:customer>/reviews/<int:pk>/", views.review, name="review"),
    path("<int:customer>/reviews/<int:pk>/pdf/", views.pdf, name="review_pdf"),
]
