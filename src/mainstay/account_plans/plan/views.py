"""The pages of a plan."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.account_plans.workspace.queries import Account
from mainstay.account_plans.workspace.views import of_account
from mainstay.people.permissions import writes
from mainstay.shared.numbers import row_number
from mainstay.shared.paper import NoFonts

from . import actions, paper, presenters, queries
from .choices import Part
from .forms import DecisionForm, ForwardForm, PassageForm

PAGE = "account_plans/plan/page.html"
get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@writes("accounts.edit")
@of_account
def page(request: HttpRequest, account: Account) -> HttpResponse:
    """Show the plan; POST writes a sentence, takes the generated one, or puts a version forward."""
    if request.method == "POST":
        return _POSTED.get(request.POST.get("do", ""), _back)(request, account)
    given = request.GET
    asked = {"part": given.get("part", ""), "key": given.get("key", "")}
    return _show(request, account, **asked, passage=row_number(given.get("passage")))


def _show(request: HttpRequest, account: Account, **more: Any) -> HttpResponse:
    return render(request, PAGE, presenters.page(account, now=timezone.now(), **more))


def _back(request: HttpRequest, account: Account) -> HttpResponse:
    return redirect("accounts:plan", account.pk)


def _known(request: HttpRequest, account: Account) -> Any:
    return {"by": request.user, "now": timezone.now(), "account": account}


def _write(request: HttpRequest, account: Account) -> HttpResponse:
    part, key = request.POST.get("part", ""), request.POST.get("key", "")
    if part not in Part.values:
        return _back(request, account)
    form = PassageForm(request.POST)
    row = _passage(request, account)
    if _written(form, row, part=part, key=key, **_known(request, account)):
        return _back(request, account)
    return _show(request, account, part=part, key=key, passage=row and row.pk, form=form)


def _passage(request: HttpRequest, account: Account) -> Any:
    return queries.passage(account.customer, row_number(request.POST.get("passage")))


def _written(form: PassageForm, row: Any, *, part: str, key: str, **known: Any) -> bool:
    """Write over a sentence of the team's own, or in place of a generated one."""
    if row is not None and not row.key:
        return form.carry_out(actions.rewrite, **known, passage=row)
    return form.carry_out(actions.write, **known, part=part, key=key)


def _take(request: HttpRequest, account: Account) -> HttpResponse:
    row = _passage(request, account)
    if row is not None and row.key:
        actions.take_generated(**_known(request, account), passage=row)
    return _back(request, account)


def _forward(request: HttpRequest, account: Account) -> HttpResponse:
    form = ForwardForm(request.POST)
    try:
        if form.carry_out(actions.put_forward, **_known(request, account)):
            return redirect("accounts:plan_version", account.pk, form.outcome.pk)
    except NoFonts as reason:
        form.add_error(None, str(reason))
    return _show(request, account, forward=form)


_POSTED = {"write": _write, "take": _take, "forward": _forward}


@require_GET
@of_account
def length(request: HttpRequest, account: Account) -> HttpResponse:
    try:
        shown = presenters.length(account, timezone.now())
    except NoFonts as reason:
        shown = {"text": "–", "words": str(reason), "kind": "right", "pages": 0}
    return render(request, "account_plans/plan/length.html", {"length": shown})


@get_or_post
@writes("accounts.edit")
@of_account
def version(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    row = _version(account, pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        known = _known(request, account)
        if form.carry_out(actions.decide, **known, version=row):
            return redirect("accounts:plan_version", account.pk, pk)
    shown = presenters.version_page(account, row, form if request.method == "POST" else None)
    return render(request, "account_plans/plan/version.html", shown)


def _version(account: Account, pk: int) -> Any:
    row = queries.version(account.customer, pk)
    if row is None:
        raise Http404
    return row


@require_GET
@of_account
def pdf(request: HttpRequest, account: Account, pk: int | None = None) -> HttpResponse:
    """Send the plan as it stands, or a version of it."""
    row = _version(account, pk) if pk else None
    try:
        content = paper.pdf(presenters.on_paper(account, timezone.now(), row))
    except NoFonts as reason:
        messages.error(request, str(reason))
        return redirect("accounts:plan", account.pk)
    named = f"plan-{pk or account.pk}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{named}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
