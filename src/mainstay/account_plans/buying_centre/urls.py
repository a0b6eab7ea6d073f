from django.urls import path

from . import views

HERE = "<int:customer>/buying-centre/"

urlpatterns = [
    path("roles/", views.roles, name="roles"),
    path("roles/put-away/", views.put_away_role, name="put_away_role"),
    path(HERE, views.page, name="buying_centre"),
    path(HERE + "add/", views.add, name="add_member"),
    path(HERE + "place/", views.place, name="place_member"),
    path(HERE + "line/", views.line, name="draw_line"),
    path(HERE + "purchase/", views.purchase, name="purchase"),
    path(HERE + "map.<slug:kind>", views.picture, name="map_picture"),
    path(HERE + "<int:pk>/", views.change, name="member"),
    path(HERE + "<int:pk>/take-off/", views.take_off, name="take_off_member"),
]
