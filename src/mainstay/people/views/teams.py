"""Teams: the list, a new one, another name, removal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people import actions, queries
from mainstay.people.forms import TeamForm
from mainstay.people.permissions import needs

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("people.view")
def teams(request: HttpRequest) -> HttpResponse:
    return render(request, "people/teams.html", {"teams": queries.teams(request.user)})


@get_or_post
@needs("people.admin")
def add_team(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        actions.add_team, by=request.user, now=timezone.now()
    ):
        messages.success(request, _("Added the team %(name)s.") % {"name": form.outcome})
        return redirect("people:teams")
    return render(request, "people/team.html", {"form": form})


@get_or_post
@needs("people.admin")
def team(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.teams(request.user), pk=pk)
    form = TeamForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.carry_out(
        actions.rename_team, by=request.user, team=found, now=timezone.now()
    ):
        messages.success(request, _("Saved the team."))
        return redirect("people:teams")
    return render(request, "people/team.html", {"form": form, "team": found})


@require_POST
@needs("people.admin")
def remove_team(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.teams(request.user), pk=pk)
    actions.remove_team(by=request.user, team=found, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("Removed the team %(name)s.") % {"name": found})
    return redirect("people:teams")
