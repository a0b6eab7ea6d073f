from django.urls import include, path

from . import views

app_name = "value"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("profitability/", include("mainstay.value.profitability.urls")),
    path("lists/", views.lists, name="lists"),
    path("runs/", views.runs, name="runs"),
    path("runs/start/", views.start, name="start"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("", include("mainstay.value.acquisition.urls")),
    path("", include("mainstay.value.renewals.urls")),
    path("churn/", include("mainstay.value.churn.urls")),
    path("", include("mainstay.value.board.urls")),
    path("", include("mainstay.value.cohorts.urls")),
    path("", include("mainstay.value.comparison.urls")),
    path("", include("mainstay.value.gaps.urls")),
    path("", include("mainstay.value.groups.urls")),
    path("", include("mainstay.value.movements.urls")),
    path("", include("mainstay.value.what_if.urls")),
]
