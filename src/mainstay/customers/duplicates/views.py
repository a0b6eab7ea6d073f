"""Pages about the search for duplicates: its scans, and its thresholds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mainstay.people.permissions import needs
from mainstay.shared import versions
from mainstay.shared.forms import conflict

from . import actions, presenters, queries
from .forms import ScanForm, ThresholdsForm


@require_GET
@needs("duplicates.run")
def index(request: HttpRequest) -> HttpResponse:
    page = presenters.overview(user=request.user)
    return render(request, "duplicates/index.html", {"page": page, "form": ScanForm()})


@require_POST
@needs("duplicates.run")
def start(request: HttpRequest) -> HttpResponse:
    form = ScanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which customers to compare."))
        return redirect("duplicates:index")
    try:
        found = actions.start_scan(by=request.user, now=timezone.now(), **form.cleaned_data)
    except actions.CannotScan as reason:
        messages.error(request, str(reason))
        return redirect("duplicates:index")
    return redirect("duplicates:scan", pk=found.pk)


@require_GET
@needs("duplicates.run")
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    page = presenters.scan(queries.scan_or_404(pk), user=request.user)
    if request.htmx and not page["open"]:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "duplicates/scan.html", {"page": page, "scan": page["scan"]})


@require_POST
@needs("duplicates.run")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actions.cancel(by=request.user, scan=queries.scan_or_404(pk), now=timezone.now())
    return redirect("duplicates:scan", pk=pk)


@needs("duplicates.run")
def thresholds(request: HttpRequest) -> HttpResponse:
    form = ThresholdsForm(request.POST or None, initial=presenters.thresholds())
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST":
        try:
            if _saved(form, request):
                return redirect("duplicates:index")
        except versions.EditedMeanwhile as edited:
            shown["conflict"] = conflict(form, edited.current)
    return render(request, "duplicates/thresholds.html", shown)


def _saved(form: ThresholdsForm, request: HttpRequest) -> bool:
    version = form.cleaned_data["version"] if form.is_valid() else None
    now = timezone.now()
    return form.carry_out(actions.set_thresholds, by=request.user, now=now, version=version)
