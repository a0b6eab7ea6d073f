"""The pages of changes to many customers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mainstay.customers import pages
from mainstay.people.permissions import needs

from . import actions, queries, undoing


@require_GET
@needs("customers.edit")
def index(request: HttpRequest) -> HttpResponse:
    rows = queries.changes_of(request.user)[: queries.SHOWN]
    return render(request, "customers/changes/index.html", {"changes": rows})


@require_GET
@needs("customers.edit")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.change(request.user, pk)
    if found is None:
        raise Http404(_("There is no such change, or it is too old to be undone."))
    rows = queries.kept_of(request.user, found)
    kept = [(row.customer, pages.url(row.customer_id)) for row in rows]
    shown = {"change": found, "kept": kept, "kept_count": queries.kept_count(found)}
    return render(request, "customers/changes/change.html", shown)


@require_POST
@needs("customers.edit")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.change(request.user, pk)
    if found is None:
        raise Http404(_("There is no such change, or it is too old to be undone."))
    try:
        return redirect(undoing.undo(by=request.user, now=timezone.now(), change=found))
    except actions.NotUndone as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("customers:change", args=[pk]))
