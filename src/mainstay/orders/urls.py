from django.urls import path

from mainstay.orders import views

app_name = "orders"

urlpatterns = [
    path("", views.index, name="list"),
    path("rates/", views.rates, name="rates"),
    path("rates/<int:pk>/remove/", views.remove_rate, name="remove_rate"),
    path("products/", views.products, name="products"),
    path("products/<int:pk>/", views.product, name="product"),
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/add/", views.add_contract, name="add_contract"),
    path("contracts/<int:pk>/", views.contract, name="contract"),
    path("<int:pk>/", views.page, name="page"),
]
