"""Pages of mailboxes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.customers.mail import fetching, queries
from mainstay.customers.mail.actions import boxes
from mainstay.customers.mail.forms import MailboxForm
from mainstay.people.permissions import needs

get_or_post = require_http_methods(["GET", "POST"])
needs_admin = needs("people.admin")


@get_or_post
@needs_admin
def add(request: HttpRequest) -> HttpResponse:
    form = MailboxForm(request.POST or None, initial={"since": timezone.now().date()})
    if form.carry_out(boxes.save, by=request.user, now=timezone.now()):
        messages.success(request, _("Added. Try the connection before the first reading."))
        return redirect("mail:box", form.outcome.pk)
    return render(request, "mail/box.html", {"form": form, "row": None})


@get_or_post
@needs_admin
def change(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(request, number)
    form = MailboxForm(request.POST or None, initial=vars(row))
    if form.carry_out(boxes.save, by=request.user, now=timezone.now(), row=row):
        return redirect("mail:box", number)
    return render(request, "mail/box.html", {"form": form, "row": row})


@require_POST
@needs_admin
def attempt(request: HttpRequest, number: int) -> HttpResponse:
    if refusal := fetching.tried(_row(request, number)):
        messages.error(request, refusal)
    else:
        messages.success(request, _("The mailbox opens, and its folders are there."))
    return redirect("mail:box", number)


@require_POST
@needs_admin
def read(request: HttpRequest, number: int) -> HttpResponse:
    if boxes.read_now(by=request.user, row=_row(request, number)):
        messages.success(request, _("The mailbox is being read."))
    else:
        messages.info(request, _("The mailbox is being read already."))
    return redirect("mail:index")


@require_POST
@needs_admin
def pause(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(request, number)
    boxes.pause(by=request.user, now=timezone.now(), row=row, paused=not row.paused)
    return redirect("mail:index")


@require_POST
@needs_admin
def remove(request: HttpRequest, number: int) -> HttpResponse:
    boxes.remove(by=request.user, now=timezone.now(), row=_row(request, number))
    messages.success(request, _("The mailbox is no longer read. What is on timelines stays there."))
    return redirect("mail:index")


def _row(request: HttpRequest, number: int) -> Any:
    return get_object_or_404(queries.mailboxes(request.user), pk=number)
