from django.urls import path

from . import views

urlpatterns = [
    path("", views.whale, name="profitability"),
    path("start/", views.start, name="start_profitability"),
    path("matrix/", views.products, name="matrix"),
    path("worklist/", views.worklist, name="worklist"),
    path("worklist/<int:pk>/", views.treat, name="treat"),
    path("customers/<int:pk>/", views.treatment, name="treatment"),
    path("calculator/", views.calculate, name="calculator"),
    path("activities/", views.activities, name="activities"),
    path("activities/add/", views.activity, name="add_activity"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/archive/", views.archive_activity, name="archive_activity"),
]
