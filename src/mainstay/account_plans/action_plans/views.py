"""The page of actions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mainstay.account_plans.workspace.queries import Account
from mainstay.account_plans.workspace.views import of_account
from mainstay.people.permissions import writes
from mainstay.shared.numbers import row_number
from mainstay.shared.versions import EditedMeanwhile

from . import actions, people, presenters, proposing, queries
from .forms import AccountPlanForm, LineForm, PlanForm, StrategyForm

PAGE = "account_plans/action_plans/page.html"


@require_http_methods(["GET", "POST"])
@writes("accounts.edit")
@of_account
def page(request: HttpRequest, account: Account) -> HttpResponse:
    """Show the action table; what a POST is to do stands in `do`."""
    if request.method == "POST":
        return _POSTED.get(request.POST.get("do", ""), _back)(request, account)
    given = request.GET
    whole = row_number(given.get("whole")) or given.get("whole")
    line = _line(given, account)
    return _show(request, account, do=given.get("do", ""), line=line, whole=whole)


def _show(request: HttpRequest, account: Account, **more: Any) -> HttpResponse:
    return render(request, PAGE, presenters.page(account, now=timezone.now(), **more))


def _back(request: HttpRequest, account: Account) -> HttpResponse:
    return redirect("accounts:actions", account.pk)


def _line(given: Any, account: Account) -> Any:
    return queries.line(account.customer, row_number(given.get("line")))


def _known(request: HttpRequest, account: Account) -> Any:
    return {"by": request.user, "now": timezone.now(), "account": account}


def _set_line(request: HttpRequest, account: Account) -> HttpResponse:
    row = _line(request.POST, account)
    form = LineForm(request.POST, customer=account.customer)
    try:
        if form.carry_out(actions.set_line, **_known(request, account), line=row):
            return _back(request, account)
    except EditedMeanwhile as told:
        form.data = data = request.POST.copy()
        data["version"] = str(told.current.version)
        form.add_error(None, _("Somebody changed this meanwhile; look at it and save again."))
    return _show(request, account, do="line", line=row, form=form)


def _archive_line(request: HttpRequest, account: Account) -> HttpResponse:
    if row := _line(request.POST, account):
        actions.archive_line(**_known(request, account), line=row)
    return _back(request, account)


def _plan(request: HttpRequest, account: Account) -> HttpResponse:
    row, form = _line(request.POST, account), PlanForm(request.POST)
    if row is None:
        return _back(request, account)
    return _carried(request, account, form, actions.plan, do="plan", line=row)


def _plan_account(request: HttpRequest, account: Account) -> HttpResponse:
    form = AccountPlanForm(request.POST)
    return _carried(request, account, form, actions.plan, do="account")


def _set_strategy(request: HttpRequest, account: Account) -> HttpResponse:
    form = StrategyForm(request.POST)
    return _carried(request, account, form, actions.set_strategy, do="strategy")


def _carried(
    request: HttpRequest, account: Account, form: Any, action: Any, *, do: str, **about: Any
) -> HttpResponse:
    """Carry the form out, or show it with what is wrong."""
    if form.carry_out(action, **_known(request, account), **about):
        return _back(request, account)
    return _show(request, account, do=do, form=form, **about)


def _propose(request: HttpRequest, account: Account) -> HttpResponse:
    who = people.known(account.customer, timezone.localdate())
    n = len(proposing.propose(**_known(request, account), people=who))
    text = ngettext(
        "%(n)s person added, with actions to look through.",
        "%(n)s people added, with actions to look through.",
        n,
    )
    messages.success(request, text % {"n": n})
    return _back(request, account)


def _turn(request: HttpRequest, account: Account) -> HttpResponse:
    row = queries.action(account.customer, row_number(request.POST.get("action")))
    state = request.POST.get("state", "")
    if row is not None and state in ("done", "open"):
        actions.turn(**_known(request, account), action=row, state=state)
    return _back(request, account)


_POSTED = {
    "line": _set_line,
    "archive": _archive_line,
    "plan": _plan,
    "account": _plan_account,
    "strategy": _set_strategy,
    "propose": _propose,
    "turn": _turn,
}
