from django.urls import include, path

from .action_plans import views as action_plans
from .board import views as board
from .certainty import views as certainty
from .library import views as library
from .plan import views as plan
from .selection import views as selection
from .team import views as team
from .workspace import views as workspace

app_name = "accounts"

urlpatterns = [
    path("", selection.index, name="index"),
    path("board/", board.page, name="board"),
    path("selections/add/", selection.add, name="add_selection"),
    path("selections/<int:pk>/", selection.criteria, name="selection"),
    path("selections/<int:pk>/candidates/", selection.candidates, name="candidates"),
    path("selections/<int:pk>/ratings/", selection.ratings, name="ratings"),
    path("selections/<int:pk>/ranking/", selection.ranking, name="ranking"),
    path("selections/<int:pk>/judgements/", selection.judgements, name="judgements"),
    path("selections/<int:pk>/keep/", selection.keep, name="keep_placing"),
    path("selections/<int:pk>/choose/", selection.choose, name="choose_accounts"),
    path("selections/<int:pk>/archive/", selection.archive, name="archive_selection"),
    path("", include("mainstay.account_plans.relationship.urls")),
    path("", include("mainstay.account_plans.buying_centre.urls")),
    path("", include("mainstay.account_plans.portal.urls")),
    path("", include("mainstay.account_plans.reviews.urls")),
    path("<int:customer>/", workspace.overview, name="account"),
    path("<int:customer>/certainty/", certainty.page, name="certainty"),
    path("<int:customer>/actions/", action_plans.page, name="actions"),
    path("<int:customer>/team/", team.page, name="team"),
    path("<int:customer>/team/<int:pk>/", team.skills, name="skills"),
    path("<int:customer>/plan/", plan.page, name="plan"),
    path("<int:customer>/plan/length/", plan.length, name="plan_length"),
    path("<int:customer>/plan/pdf/", plan.pdf, name="plan_pdf"),
    path("<int:customer>/plan/versions/<int:pk>/", plan.version, name="plan_version"),
    path("<int:customer>/plan/versions/<int:pk>/pdf/", plan.pdf, name="plan_version_pdf"),
    path("library/", library.page, name="library"),
    path("library/<slug:topic>/", library.page, name="library"),
]
