from django.urls import path

from . import public_views, views

urlpatterns = [
    path("answer/<str:token>/", public_views.answer, name="answer"),
    path("criteria/", views.criteria, name="relation_criteria"),
    path("criteria/put-away/", views.put_away, name="put_away_criterion"),
    path("<int:customer>/relationship/", views.page, name="relationship"),
    path("<int:customer>/relationship/rate/", views.rate, name="rate_relationship"),
    path("<int:customer>/relationship/approach/", views.approach, name="approach"),
    path("<int:customer>/relationship/invitations/", views.invitations, name="invitations"),
    path("<int:customer>/relationship/compare/", views.compare, name="compare_relationships"),
    path("<int:customer>/relationship/<slug:key>/", views.history, name="relation_history"),
]
