from django.urls import path

from mainstay.people.views import account, company, fields, members, teams, tokens

app_name = "people"

urlpatterns = [
    path("access/<slug:role>/reach/", account.role_reach, name="role_reach"),
    path("", members.members, name="members"),
    path("invite/", members.invite, name="invite"),
    path("<int:pk>/", members.member, name="member"),
    path("<int:pk>/link/", members.make_link, name="make_link"),
    path("<int:pk>/link/revoke/", members.revoke_link, name="revoke_link"),
    path("<int:pk>/deactivate/", members.deactivate, name="deactivate"),
    path("<int:pk>/activate/", members.activate, name="activate"),
    path("teams/", teams.teams, name="teams"),
    path("teams/add/", teams.add_team, name="add_team"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/remove/", teams.remove_team, name="remove_team"),
    path("company/", company.company, name="company"),
    path("profile/", account.profile, name="profile"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<str:number>/revoke/", tokens.revoke, name="revoke_token"),
    path("access/fields/", fields.fields, name="fields"),
    path("access/", account.access, name="access"),
    path("join/<str:token>/", account.join, name="join"),
]
