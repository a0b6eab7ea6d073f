"""The page of what-if."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mainstay.people.permissions import needs

from . import actions, presenters, queries


@require_GET
@needs("money.view")
def page(request: HttpRequest) -> HttpResponse:
    shown = presenters.page(request.user, request.GET)
    partial = "#result" if request.headers.get("HX-Request") else ""
    return render(request, f"value/what_if/page.html{partial}", shown)


@require_POST
@needs("value.run")
def keep(request: HttpRequest) -> HttpResponse:
    form = presenters.scenario_form(request.POST)
    if form is None:
        return redirect("value:what_if")
    if form.carry_out(actions.keep_scenario, by=request.user, now=timezone.now()):
        messages.success(request, _("“%(name)s” is kept.") % {"name": form.outcome})
        return redirect(reverse("value:what_if") + f"?scenario={form.outcome.pk}")
    shown = presenters.page(request.user, request.GET, refused=form)
    return render(request, "value/what_if/page.html", shown)


@require_POST
@needs("value.run")
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    scenario = queries.scenario(pk=pk)
    if scenario is None:
        raise Http404
    actions.put_away_scenario(by=request.user, now=timezone.now(), scenario=scenario)
    return redirect("value:what_if")
