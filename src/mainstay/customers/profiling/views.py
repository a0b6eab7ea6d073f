"""Pages of the bank of questions and of what customers answered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mainstay.customers import pages
from mainstay.customers.views.customers import find
from mainstay.people.permissions import needs

from . import actions, presenters, queries

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("customers.view")
def bank(request: HttpRequest) -> HttpResponse:
    return render(request, "profiling/bank.html", presenters.bank(request.user))


@get_or_post
@needs("capture.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = presenters.question_form(None, request.POST or None)
    if form.carry_out(actions.save_question, by=request.user, now=timezone.now()):
        return redirect("profiling:bank")
    return render(request, "profiling/question.html", {"form": form, "row": None})


@get_or_post
@needs("capture.edit")
def question(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    form = presenters.question_form(row, request.POST or None)
    if form.carry_out(actions.save_question, by=request.user, now=timezone.now(), question=row):
        return redirect("profiling:bank")
    return render(request, "profiling/question.html", {"form": form, "row": row})


@require_GET
@needs("customers.view")
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    context = presenters.profile(request.user, find(request, pk))
    return render(request, "profiling/profile.html", context)


@get_or_post
@needs("interactions.edit")
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    customer, row = find(request, pk), _found(number)
    context = presenters.asking(customer, row, request.POST or None)
    known: Any = {"by": request.user, "now": timezone.now(), "customer": customer}
    if context["form"].carry_out(actions.note_answer, **known, question=row):
        messages.success(request, _("Noted."))
        return redirect(pages.url(pk))
    return render(request, "profiling/answer.html", {**context, "asking": context})


def _found(pk: int) -> Any:
    row = queries.question(pk)
    if row is None:
        raise Http404
    return row
