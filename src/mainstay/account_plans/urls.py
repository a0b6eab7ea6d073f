from django.urls import path

from .selection import views as selection
from .workspace import views as workspace

app_name = "accounts"

urlpatterns = [
    path("", selection.index, name="index"),
    path("selections/add/", selection.add, name="add_selection"),
    path("selections/<int:pk>/", selection.criteria, name="selection"),
    path("selections/<int:pk>/candidates/", selection.candidates, name="candidates"),
    path("selections/<int:pk>/ratings/", selection.ratings, name="ratings"),
    path("selections/<int:pk>/ranking/", selection.ranking, name="ranking"),
    path("selections/<int:pk>/judgements/", selection.judgements, name="judgements"),
    path("selections/<int:pk>/keep/", selection.keep, name="keep_placing"),
    path("selections/<int:pk>/choose/", selection.choose, name="choose_accounts"),
    path("selections/<int:pk>/archive/", selection.archive, name="archive_selection"),
    path("<int:customer>/", workspace.overview, name="account"),
]
