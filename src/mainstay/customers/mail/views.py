"""Pages of files of e-mails and what was skipped of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers.mail import actions, forms, presenters, queries
from mainstay.customers.mail.actions import boxes
from mainstay.people.permissions import needs

get_or_post = require_http_methods(["GET", "POST"])
needs_edit = needs("interactions.edit")


@require_GET
@needs_edit
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "mail/index.html", presenters.index(request.user, request.GET))


@get_or_post
@needs_edit
def new(request: HttpRequest) -> HttpResponse:
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        now = timezone.now()
        row = actions.begin(by=request.user, now=now, chunks=file.chunks(), name=file.name)
        return redirect("mail:detail", row.pk)
    return render(request, "mail/new.html", {"form": form})


@get_or_post
@needs("people.admin")
def rules(request: HttpRequest) -> HttpResponse:
    row = queries.mail_rules()
    form = forms.RulesForm(request.POST or None, initial=vars(row))
    if form.carry_out(boxes.set_rules, by=request.user, now=timezone.now()):
        messages.success(request, _("The rules hold from the next e-mail on."))
        return redirect("mail:index")
    return render(request, "mail/rules.html", {"form": form})


@require_GET
@needs_edit
def detail(request: HttpRequest, number: int) -> HttpResponse:
    context = presenters.one(request.user, _row(request, number), request.GET)
    part = "#state" if request.htmx and not request.GET else ""  # type: ignore[attr-defined]
    return render(request, f"mail/detail.html{part}", context)


@require_POST
@needs_edit
def again(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(request, number)
    _try(request, lambda: actions.read_again(by=request.user, now=timezone.now(), row=row))
    return redirect("mail:detail", number)


@require_POST
@needs_edit
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    actions.cancel(by=request.user, now=timezone.now(), row=_row(request, number))
    return redirect("mail:detail", number)


@require_POST
@needs_edit
def delete(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(request, number)
    if _try(request, lambda: actions.forget(by=request.user, now=timezone.now(), row=row)):
        messages.success(request, _("Deleted the report. What is on timelines stays there."))
        return redirect("mail:index")
    return redirect("mail:detail", number)


@require_GET
@needs_edit
def skipped(request: HttpRequest, number: int) -> HttpResponseBase:
    return presenters.skipped_list(_row(request, number))


@get_or_post
@needs_edit
def unknown(request: HttpRequest, number: int) -> HttpResponse:
    row = queries.skip(request.user, number)
    if row is None:
        raise Http404
    form = presenters.contact_form(request.user, row, request.POST or None)
    if form.carry_out(actions.make_contact, by=request.user, now=timezone.now(), skipped=row):
        messages.success(request, presenters.made(form.outcome, row))
        return redirect("mail:detail", row.intake_id)
    return render(request, "mail/unknown.html", {"form": form, "row": row})


def _row(request: HttpRequest, number: int) -> Any:
    return get_object_or_404(queries.intakes(request.user), pk=number)


def _try(request: HttpRequest, act: Callable[[], None]) -> bool:
    """Do it, or show the sentence that says why not."""
    try:
        act()
    except actions.NotNow as refusal:
        messages.error(request, str(refusal))
        return False
    return True
