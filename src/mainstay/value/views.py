"""Value pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mainstay.people.permissions import can, require
from mainstay.people.queries import company

from . import actions, presenters, queries
from .board import overview as board
from .forms import StartForm


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    require(request.user, "value.view")
    page = board.overview(user=request.user, now=timezone.now())
    return render(request, "value/overview.html", {"page": page})


@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    require(request.user, "value.view")
    ready = presenters.ready_lists(request.user)
    return render(request, "value/lists.html", {"lists": ready})


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    require(request.user, "value.view")
    form = StartForm(today=timezone.localdate())
    may_run = can(request.user, "value.run")
    rows = presenters.rows(queries.runs()[:100], now=timezone.now())
    shown = {"rows": rows, "form": form, "may_run": may_run}
    shown["keep_months"] = company().keep_run_months
    return render(request, "value/runs.html", shown)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    require(request.user, "value.run")
    form = StartForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        messages.error(request, str(form.errors["as_of"][0]))
        return redirect("value:runs")
    as_of = form.cleaned_data["as_of"]
    run = actions.start_run(by=request.user, as_of=as_of, now=timezone.now())
    return redirect("value:run", pk=run.pk)


@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, "value.view")
    found = queries.run(pk=pk)
    if found is None:
        raise Http404
    page = presenters.run(found, user=request.user, now=timezone.now())
    if request.htmx and not page.open:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "value/run.html", {"page": page, "run": found})
