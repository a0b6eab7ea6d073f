"""Pages of lost customers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers.queries import visible_to
from mainstay.people.permissions import needs, writes
from mainstay.shared.forms import conflict
from mainstay.shared.versions import EditedMeanwhile

from . import actions, case_pages, customer, presenters, queries
from .forms import NoteForm, ReasonForm, rule_form

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("value.view")
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "value/churn/overview.html", {"page": presenters.page(request.user)})


@get_or_post
@needs("churn.edit")
def rule(request: HttpRequest) -> HttpResponse:
    form = rule_form(request.POST or None, queries.rule())
    context: dict[str, Any] = {"form": form}
    try:
        if _saved(request, form, actions.choose_rule):
            messages.success(request, _("Saved. The next value run counts by this rule."))
            return redirect("value:churn")
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "value/churn/rule.html", context)


def _saved(request: HttpRequest, form: Any, action: Any, **known: Any) -> bool:
    version = form.cleaned_data.get("version") if form.is_valid() else None
    known |= {"by": request.user, "now": timezone.now(), "version": version}
    done: bool = form.carry_out(action, **known)
    return done


@get_or_post
@needs("value.view")
@writes("churn.edit")
def reasons(request: HttpRequest) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.carry_out(actions.save_reason, by=request.user, now=timezone.now()):
        return redirect("value:loss_reasons")
    return render(request, "value/churn/reasons.html", presenters.reasons_page(request.user, form))


@require_POST
@needs("churn.edit")
def offer_reason(request: HttpRequest, key: str) -> HttpResponse:
    if key not in queries.reasons(archived=True):
        raise Http404
    away = "away" in request.POST
    actions.put_away_reason(by=request.user, now=timezone.now(), key=key, away=away)
    return redirect("value:loss_reasons")


@get_or_post
@needs("customers.view")
@writes("interactions.edit")
def loss(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(visible_to(request.user), pk=pk)
    today = timezone.localdate()
    form = NoteForm(request.POST or None, reasons=queries.reasons(), today=today)
    known: Any = {"by": request.user, "now": timezone.now(), "customer": row, "today": today}
    if form.carry_out(actions.note_loss, **known):
        messages.success(request, _("Noted why %(name)s left.") % {"name": row})
        return redirect("value:loss", pk)
    context = customer.told(request.user, row) | {"form": form}
    return render(request, "value/churn/loss.html", context)


@require_GET
@needs("money.view")
def cases(request: HttpRequest) -> HttpResponse:
    return render(request, "value/churn/retention.html", case_pages.overview(request.user))


@get_or_post
@needs("churn.edit")
def add_case(request: HttpRequest) -> HttpResponse:
    form = case_pages.form(request.POST or None)
    if _saved(request, form, actions.save_case):
        return redirect("value:retention_case", form.outcome.pk)
    return render(request, "value/churn/case.html", {"form": form, "may_edit": True})


@get_or_post
@needs("money.view")
@writes("churn.edit")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.cases(), pk=pk)
    form = case_pages.form(request.POST or None, row)
    context = case_pages.one(request.user, row, form)
    try:
        if _saved(request, form, actions.save_case, case=row):
            return redirect("value:retention_case", pk)
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "value/churn/case.html", context)


@require_POST
@needs("churn.edit")
def archive_case(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.cases(), pk=pk)
    actions.put_away_case(by=request.user, now=timezone.now(), case=row)
    messages.success(request, _("%(name)s is put away.") % {"name": row})
    return redirect("value:retention")
