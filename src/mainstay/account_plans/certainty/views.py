"""The page of certainty."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mainstay.account_plans.workspace.queries import Account
from mainstay.account_plans.workspace.views import of_account
from mainstay.people.permissions import writes
from mainstay.shared.numbers import row_number

from . import actions, presenters, queries
from .choices import Kind
from .forms import CertaintyForm, OfferingForm

PAGE = "account_plans/certainty/page.html"


@require_http_methods(["GET", "POST"])
@writes("accounts.edit")
@of_account
def page(request: HttpRequest, account: Account) -> HttpResponse:
    """Show the matrix; POST names a service, puts one away, or judges a cell."""
    chosen = _chosen(request, account)
    if request.method == "POST":
        return _POSTED.get(request.POST.get("do", ""), _offer)(request, account, chosen)
    return _show(request, account, chosen=chosen)


def _show(request: HttpRequest, account: Account, **more: Any) -> HttpResponse:
    return render(request, PAGE, presenters.page(account, now=timezone.now(), **more))


def _back(account: Account) -> HttpResponse:
    return redirect("accounts:certainty", account.pk)


def _known(request: HttpRequest, account: Account) -> Any:
    return {"by": request.user, "now": timezone.now(), "account": account}


def _chosen(request: HttpRequest, account: Account) -> tuple[Any, str] | None:
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind", Kind.NEED)
    row = queries.offering(account.customer, row_number(given.get("offering")))
    return (row, kind) if row is not None and kind in Kind.values else None


def _offer(request: HttpRequest, account: Account, chosen: Any) -> HttpResponse:
    form = OfferingForm(request.POST)
    row = chosen[0] if chosen else None
    if form.carry_out(actions.set_offering, **_known(request, account), offering=row):
        return _back(account)
    return _show(request, account, chosen=chosen, offering=form)


def _judge(request: HttpRequest, account: Account, chosen: Any) -> HttpResponse:
    if chosen is None:
        return _back(account)
    form = CertaintyForm(request.POST)
    known = _known(request, account)
    if form.carry_out(actions.rate, **known, offering=chosen[0], kind=chosen[1]):
        return _back(account)
    return _show(request, account, chosen=chosen, form=form)


def _archive(request: HttpRequest, account: Account, chosen: Any) -> HttpResponse:
    if chosen is not None:
        actions.archive_offering(**_known(request, account), offering=chosen[0])
    return _back(account)


_POSTED = {"judge": _judge, "archive": _archive}
