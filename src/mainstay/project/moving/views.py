"""The page of exports of everything."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mainstay.people.permissions import needs

from . import actions, presenters, queries
from .forms import ExportForm


@require_GET
@needs("everything.export")
def exports(request: HttpRequest) -> HttpResponse:
    page = presenters.page(request.user, ExportForm())
    if request.htmx and not page["open"]:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "moving/exports.html", page)


@require_POST
@needs("everything.export")
def order(request: HttpRequest) -> HttpResponse:
    form = ExportForm(request.POST)
    if not form.is_valid():
        return render(request, "moving/exports.html", presenters.page(request.user, form))
    try:
        chosen = form.cleaned_data["format"]
        actions.order(by=request.user, now=timezone.now(), form=chosen)
    except actions.UnderWay as reason:
        messages.error(request, str(reason))
    return redirect("moving:exports")


@never_cache
@require_GET
@needs("everything.export")
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    export = _ready(request, pk)
    file = actions.handed_out(by=request.user, export=export, now=timezone.now())
    return FileResponse(file, as_attachment=True, filename=presenters.file_name(export))


@require_POST
@needs("everything.export")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    actions.delete(by=request.user, export=_ready(request, pk), now=timezone.now())
    return redirect("moving:exports")


def _ready(request: HttpRequest, pk: int) -> Any:
    export = queries.ready(request.user, pk, now=timezone.now())
    if export is None:
        raise Http404
    return export
