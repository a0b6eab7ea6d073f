"""Pages of the selection of key accounts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people.permissions import needs, writes
from mainstay.shared.numbers import row_number, row_numbers
from mainstay.shared.versions import EditedMeanwhile

from . import actions, presenters, queries
from .forms import CriterionForm, SelectionForm, SettingsForm

get_or_post = require_http_methods(["GET", "POST"])


def _selection(pk: int) -> Any:
    found = queries.selection(pk=pk)
    if found is None:
        raise Http404
    return found


@require_GET
@needs("accounts.view")
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "account_plans/index.html", presenters.index(request.user))


@require_POST
@needs("accounts.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = SelectionForm(request.POST)
    if form.carry_out(actions.add_selection, by=request.user, now=timezone.now()):
        return redirect("accounts:selection", form.outcome.pk)
    return render(request, "account_plans/index.html", presenters.index(request.user, form))


@get_or_post
@needs("accounts.view")
@writes("accounts.edit")
def criteria(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the criteria; POST adds or changes one, removes one, or changes the settings."""
    selection = _selection(pk)
    edited = _edited(request, selection)
    if request.method == "POST":
        changed = _POSTED.get(request.POST.get("do", ""), _set_criterion)
        return changed(request, selection, edited)
    page = presenters.criteria(selection, request.user, edited=edited)
    return render(request, "account_plans/selection/criteria.html", page)


def _edited(request: HttpRequest, selection: Any) -> Any:
    wanted = row_number(request.POST.get("criterion") or request.GET.get("criterion"))
    return next((each for each in queries.criteria_of(selection) if each.pk == wanted), None)


def _set_criterion(request: HttpRequest, selection: Any, edited: Any) -> HttpResponse:
    form = CriterionForm(request.POST)
    known = {"by": request.user, "now": timezone.now(), "selection": selection}
    if form.carry_out(actions.set_criterion, criterion=edited, **known):
        return redirect("accounts:selection", selection.pk)
    page = presenters.criteria(selection, request.user, form=form, edited=edited)
    return render(request, "account_plans/selection/criteria.html", page)


def _remove_criterion(request: HttpRequest, selection: Any, edited: Any) -> HttpResponse:
    if edited is not None:
        actions.remove_criterion(by=request.user, now=timezone.now(), criterion=edited)
    return redirect("accounts:selection", selection.pk)


def _change_settings(request: HttpRequest, selection: Any, edited: Any) -> HttpResponse:
    form = SettingsForm(request.POST)
    known = {"by": request.user, "now": timezone.now(), "selection": selection}
    try:
        if form.carry_out(actions.change_selection, **known):
            return redirect("accounts:selection", selection.pk)
    except EditedMeanwhile:
        form.add_error(None, _("Somebody changed this meanwhile; look at it and save again."))
    page = presenters.criteria(selection, request.user, settings=form)
    return render(request, "account_plans/selection/criteria.html", page)


def _take_weights(request: HttpRequest, selection: Any, edited: Any) -> HttpResponse:
    try:
        actions.take_weights(by=request.user, now=timezone.now(), selection=selection)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("accounts:selection", selection.pk)


_POSTED = {
    "remove": _remove_criterion,
    "settings": _change_settings,
    "weights": _take_weights,
}


@get_or_post
@needs("accounts.view")
@writes("accounts.edit")
def judgements(request: HttpRequest, pk: int) -> HttpResponse:
    selection = _selection(pk)
    form = presenters.judgements(selection, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        known: Any = {"by": request.user, "now": timezone.now(), "selection": selection}
        actions.judge(**known, times=form.times())
        return redirect("accounts:selection", pk)
    page = presenters.page(selection, request.user, step="selection") | {"form": form}
    return render(request, "account_plans/selection/judgements.html", page)


@get_or_post
@needs("accounts.view")
@writes("accounts.edit")
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    selection = _selection(pk)
    if request.method == "POST":
        _change_candidates(request, selection)
        return redirect("accounts:candidates", pk)
    page = presenters.candidates(selection, request.user)
    return render(request, "account_plans/selection/candidates.html", page)


def _change_candidates(request: HttpRequest, selection: Any) -> None:
    known: Any = {"by": request.user, "now": timezone.now(), "selection": selection}
    if gone := row_number(request.POST.get("remove")):
        actions.remove_candidate(**known, customer=gone)
        return
    numbers = row_numbers(request.POST.getlist("customer"))
    try:
        n = actions.add_candidates(**known, customers=numbers)
        text = ngettext("%(n)d candidate added.", "%(n)d candidates added.", n)
        messages.success(request, text % {"n": n})
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))


@get_or_post
@needs("accounts.view")
@writes("accounts.edit")
def ratings(request: HttpRequest, pk: int) -> HttpResponse:
    selection = _selection(pk)
    customer = row_number(request.POST.get("customer") or request.GET.get("customer"))
    form = None
    if request.method == "POST" and customer is not None:
        found = queries.ranked(selection, request.user)
        form = presenters.rating_form(found, customer, request.POST)
        if customer in found.names and _rate(request, form, customer):
            return redirect("accounts:ratings", pk)
    page = presenters.ratings(selection, request.user, customer=customer, form=form)
    return render(request, "account_plans/selection/ratings.html", page)


def _rate(request: HttpRequest, form: Any, customer: int) -> bool:
    if not form.is_valid():
        return False
    known: Any = {"by": request.user, "now": timezone.now(), "customer": customer}
    for criterion, value, note in form.ratings():
        actions.rate(**known, criterion=criterion, value=value, note=note)
    return True


@require_GET
@needs("accounts.view")
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    page = presenters.ranking(_selection(pk), request.user)
    return render(request, "account_plans/selection/ranking.html", page)


@require_POST
@needs("accounts.edit")
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    actions.keep_placing(by=request.user, now=timezone.now(), selection=_selection(pk))
    messages.success(request, _("The ranking is kept as it is today."))
    return redirect("accounts:ranking", pk)


@require_POST
@needs("accounts.edit")
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    numbers = row_numbers(request.POST.getlist("customer"))
    known: Any = {"by": request.user, "now": timezone.now()}
    n = actions.choose(**known, selection=_selection(pk), customers=numbers)
    text = ngettext("%(n)d new key account.", "%(n)d new key accounts.", n)
    messages.success(request, text % {"n": n})
    return redirect("accounts:index")


@require_POST
@needs("accounts.edit")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    actions.archive_selection(by=request.user, now=timezone.now(), selection=_selection(pk))
    return redirect("accounts:index")
