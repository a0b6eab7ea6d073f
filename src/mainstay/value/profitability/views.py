"""Pages of profitability."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.orders import actions as orders
from mainstay.people.permissions import needs, writes
from mainstay.shared.forms import conflict
from mainstay.shared.lists.views import respond
from mainstay.shared.versions import EditedMeanwhile
from mainstay.value.forms import StartForm

from . import actions, activity_pages, calculator, card, matrix, presenters, queries
from .stakes import stakes
from .worklist import WORKLIST

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("money.view")
def whale(request: HttpRequest) -> HttpResponse:
    page = presenters.page(user=request.user, now=timezone.now())
    return render(request, "value/profitability/whale.html", {"page": page})


@require_POST
@needs("value.run")
def start(request: HttpRequest) -> HttpResponse:
    form = StartForm(request.POST, today=timezone.localdate())
    if form.is_valid():
        as_of = form.cleaned_data["as_of"]
        actions.start_run(by=request.user, as_of=as_of, now=timezone.now())
    else:
        messages.error(request, str(form.errors["as_of"][0]))
    return redirect("value:profitability")


@require_GET
@needs("money.view")
def activities(request: HttpRequest) -> HttpResponse:
    page = activity_pages.listed(request.user)
    return render(request, "value/profitability/activities.html", page)


@get_or_post
@needs("money.view")
@writes("orders.edit")
def activity(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = activity_pages.found(pk)
    if pk is not None and row is None:
        raise Http404
    form = activity_pages.form(row, request.POST or None)
    context = activity_pages.one(request.user, row) | {"form": form}
    try:
        if _saved(request, form, row):
            return redirect("value:activities")
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "value/profitability/activity.html", context)


def _saved(request: HttpRequest, form: Any, row: Any) -> bool:
    done: bool = form.is_valid() and form.carry_out(
        orders.save_activity,
        by=request.user,
        now=timezone.now(),
        activity=row,
        version=form.cleaned_data.get("version"),
    )
    if done:
        messages.success(request, _("Saved %(name)s.") % {"name": form.outcome})
    return done


@require_POST
@needs("money.view")
@writes("orders.edit")
def archive_activity(request: HttpRequest, pk: int) -> HttpResponse:
    row = activity_pages.found(pk)
    if row is None:
        raise Http404
    orders.archive_activity(by=request.user, now=timezone.now(), activity=row)
    return redirect("value:activities")


@require_GET
@needs("money.view")
def products(request: HttpRequest) -> HttpResponse:
    cursor, best = request.GET.get("cursor", ""), bool(request.GET.get("best"))
    page = matrix.matrix(request.user, best=best, cursor=cursor)
    return render(request, "value/profitability/matrix.html", {"page": page})


@get_or_post
@needs("money.view")
def worklist(request: HttpRequest) -> HttpResponseBase:
    above = partial(stakes, request.user)
    return respond(request, WORKLIST, "value/profitability/worklist.html", above=above)


@require_GET
@needs("money.view")
def treat(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from a row of the worklist to its customer, whose page outlives the run."""
    customer = queries.customer_of(pk, user=request.user)
    if customer is None:
        raise Http404
    return redirect("value:treatment", pk=customer)


@get_or_post
@needs("money.view")
@writes("customers.edit")
def treatment(request: HttpRequest, pk: int) -> HttpResponse:
    page = card.treatment_page(request.user, pk)
    if page is None:
        raise Http404
    form = card.decision_form(pk, request.POST or None)
    context: dict[str, Any] = {"page": page, "form": form}
    try:
        if _decided(request, form, page):
            return redirect("value:worklist")
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "value/profitability/treatment.html", context)


def _decided(request: HttpRequest, form: Any, page: card.TreatmentPage) -> bool:
    customer = page.profit.customer
    done: bool = form.is_valid() and form.carry_out(
        actions.decide,
        by=request.user,
        now=timezone.now(),
        customer=customer,
        version=form.cleaned_data.get("version"),
    )
    if done:
        messages.success(request, _("Saved %(name)s.") % {"name": customer})
    return done


@require_GET
@needs("money.view")
def calculate(request: HttpRequest) -> HttpResponse:
    page = calculator.calculation(request.user, request.GET)
    return render(request, "value/profitability/calculator.html", {"page": page})
