from django.urls import path

from mainstay.orders import views

app_name = "orders"

urlpatterns = [
    path("", views.index, name="list"),
    path("products/", views.products, name="products"),
    path("products/<int:pk>/", views.product, name="product"),
    path("<int:pk>/", views.page, name="page"),
]
