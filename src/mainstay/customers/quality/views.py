"""Pages of the quality of data."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.people.permissions import needs, writes
from mainstay.shared.lists.views import respond

from . import actions, presenters, queries
from .catalogue import BY_KEY
from .forms import BounceForm, IgnoreForm, PlanForm
from .lists import WORKLIST

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("customers.view")
def index(request: HttpRequest) -> HttpResponse:
    page = presenters.page(request.user, timezone.now())
    return render(request, "quality/index.html", {"page": page})


@require_POST
@needs("quality.run")
def start(request: HttpRequest) -> HttpResponse:
    try:
        actions.start(by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("quality:index")


@get_or_post
@needs("customers.view")
@writes("quality.run")
def rules(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST or None, initial={"every_days": queries.plan().every_days})
    if form.carry_out(actions.change_plan, by=request.user, now=timezone.now()):
        messages.success(request, _("Saved."))
        return redirect("quality:rules")
    return render(request, "quality/rules.html", presenters.rules_page(request.user, form))


@get_or_post
@needs("quality.run")
def rule(request: HttpRequest, key: str) -> HttpResponse:
    if key not in BY_KEY:
        raise Http404
    form = presenters.rule_form(key, request.POST or None)
    if form.carry_out(actions.change_rule, by=request.user, now=timezone.now(), key=key):
        messages.success(request, _("Saved. The next check counts by it."))
        return redirect("quality:rules")
    return render(request, "quality/rule.html", {"form": form, "rule": BY_KEY[key]})


@get_or_post
@needs("interactions.edit")
def bounces(request: HttpRequest) -> HttpResponse:
    form = BounceForm(request.POST or None)
    if form.carry_out(actions.note_bounces, by=request.user, now=timezone.now()):
        messages.success(request, _("Noted. The next check finds who has these addresses."))
        return redirect("quality:bounces")
    context = {"form": form, "rows": queries.bounces()[:50]}
    return render(request, "quality/bounces.html", context)


@get_or_post
@needs("customers.view")
def worklist(request: HttpRequest) -> HttpResponseBase:
    return respond(request, WORKLIST)


@require_GET
@needs("customers.view")
def at_customer(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Lead from the customer's page to what is to be put right."""
    row = queries.finding_at(request.user, pk, key)
    if row is None:
        raise Http404
    return redirect("quality:finding", row.pk)


@get_or_post
@needs("customers.view")
@writes("customers.edit")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    row = _find(request, pk)
    form = presenters.fix_form(request.user, row, request.POST or None)
    if form and form.carry_out(_fix(row), **_known(request, customer=row.customer)):
        return _told(request, row)
    context = presenters.finding(request.user, row, form, IgnoreForm())
    return render(request, "quality/finding.html", context)


def _fix(row: Any) -> Any:
    """Return the action that writes the finding's fields."""
    if row.contact is None:
        return actions.fix_customer
    return lambda **known: actions.fix_contact(contact=row.contact, **known)


@require_POST
@needs("customers.edit")
def ignore(request: HttpRequest, pk: int) -> HttpResponse:
    row = _find(request, pk)
    form = IgnoreForm(request.POST)
    if form.carry_out(actions.ignore, by=request.user, now=timezone.now(), ids=[pk]):
        return redirect("quality:finding", pk)
    fixing = presenters.fix_form(request.user, row, None)
    context = presenters.finding(request.user, row, fixing, form)
    return render(request, "quality/finding.html", context)


@require_POST
@needs("customers.edit")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    _find(request, pk)
    actions.reopen(by=request.user, now=timezone.now(), ids=[pk])
    return redirect("quality:finding", pk)


@require_POST
@needs("customers.edit")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    _find(request, pk)
    chosen = request.POST.get("assignee", "")
    found = next((user for user in queries.assignees() if str(user.pk) == chosen), None)
    actions.assign(by=request.user, now=timezone.now(), ids=[pk], assignee=found)
    return redirect("quality:finding", pk)


@require_POST
@needs("customers.edit")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = _find(request, pk)
    actions.confirm(**_known(request, customer=row.customer))
    return _told(request, row)


def _find(request: HttpRequest, pk: int) -> Any:
    row = queries.finding(request.user, pk)
    if row is None:
        raise Http404
    return row


def _known(request: HttpRequest, **more: Any) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now(), "today": timezone.localdate(), **more}


def _told(request: HttpRequest, row: Any) -> HttpResponse:
    """Say whether the finding is gone now."""
    row.refresh_from_db()
    if row.state == "fixed":
        messages.success(request, _("Put right: %(name)s.") % {"name": row.customer})
    else:
        messages.warning(request, _("Saved, but the rule is not met yet; see what stands there."))
    return redirect("quality:finding", row.pk)
