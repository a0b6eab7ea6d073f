from django.urls import path

from mainstay.shared import views

app_name = "shared"

urlpatterns = [
    path("find/", views.find, name="find"),
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
    path("styleguide/", views.show_styleguide, name="styleguide"),
]
