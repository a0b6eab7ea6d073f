"""Pages of farewell, and of effort by segment."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.people.permissions import needs, writes
from mainstay.shared.forms import conflict
from mainstay.shared.lists.views import respond
from mainstay.shared.versions import EditedMeanwhile

from . import actions, presenters, queries
from .forms import FarewellForm, RuleForm
from .lists import WORKLIST

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("money.view")
def resources(request: HttpRequest) -> HttpResponse:
    page = presenters.resources(request.user, now=timezone.now())
    return render(request, "farewell/resources.html", {"page": page})


@get_or_post
@needs("money.view")
def worklist(request: HttpRequest) -> HttpResponseBase:
    above = partial(presenters.above, request.user)
    return respond(request, WORKLIST, "farewell/worklist.html", above=above)


@require_GET
@needs("money.view")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from a row of the worklist to its customer, whose page outlives the run."""
    customer = queries.customer_of(pk, user=request.user)
    if customer is None:
        raise Http404
    return redirect("farewell:customer", pk=customer)


@get_or_post
@needs("money.view")
@writes("customers.edit")
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    page = presenters.proposal(request.user, pk, now=timezone.now())
    if page is None:
        raise Http404
    form = FarewellForm(request.POST or None, initial=presenters.initial(pk))
    context: dict[str, Any] = {"page": page, "form": form}
    try:
        if _decided(request, form, pk):
            return redirect("farewell:worklist")
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "farewell/customer.html", context)


def _decided(request: HttpRequest, form: FarewellForm, pk: int) -> bool:
    known: Any = {"by": request.user, "now": timezone.now(), "customer": pk}
    done = form.is_valid() and form.carry_out(
        actions.decide, version=form.cleaned_data.get("version"), **known
    )
    if done:
        messages.success(request, _("The decision is kept. Nothing happens by itself."))
    return done


@get_or_post
@needs("segments.admin")
def rule(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = queries.rule(pk) if pk else None
    if pk and row is None:
        raise Http404
    initial = {name: getattr(row, name) for name in RuleForm.base_fields} if row else {}
    form = RuleForm(request.POST or None, user=request.user, initial=initial)
    if form.carry_out(actions.save_rule, by=request.user, now=timezone.now(), rule=row):
        return redirect("farewell:worklist")
    return render(request, "farewell/rule.html", {"form": form, "rule": row})
