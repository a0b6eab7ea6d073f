"""Pages of conversations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers import pages
from mainstay.customers import queries as customers
from mainstay.customers.preferences.presenters import advice_for
from mainstay.customers.talks import actions, presenters, queries, who_page
from mainstay.customers.talks.downloads import download
from mainstay.customers.talks.forms import FilesForm, NewTalkForm, TalkForm
from mainstay.customers.talks.lists import TALKS
from mainstay.customers.talks.logging import note_with_next_step
from mainstay.people.permissions import needs, writes
from mainstay.shared.lists.views import respond

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@needs("customers.view")
def index(request: HttpRequest) -> HttpResponseBase:
    return respond(request, TALKS, "talks/list.html")


@get_or_post
@needs("customers.view")
def for_you(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        actions.read(by=request.user, now=timezone.now())
        return redirect("talks:for_you")
    return render(request, "talks/for_you.html", presenters.for_you(request.user))


@get_or_post
@needs("interactions.edit")
def add(request: HttpRequest, customer: int) -> HttpResponse:
    row = get_object_or_404(customers.visible_to(request.user), pk=customer)
    form = NewTalkForm(request.POST or None, request.FILES or None, customer=row)
    if form.carry_out(note_with_next_step, by=request.user, now=timezone.now(), customer=row):
        _warn(request, form.outcome)
        messages.success(request, _("Noted on the timeline."))
        return redirect(pages.url(customer))
    context = {"form": form, "customer": row, "back": pages.url(customer)}
    context |= {"advice_lines": advice_for(request.user, row, timezone.now())}
    return render(request, "talks/form.html", context | {"title": _("New conversation")})


@require_GET
@needs("customers.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "talks/page.html", presenters.page(request.user, _one(request, pk)))


@get_or_post
@needs("interactions.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    form = TalkForm(request.POST or None, customer=row.customer, initial=presenters.initial(row))
    presenters.offer_who_took_part(form, row)
    if form.carry_out(actions.correct, by=request.user, now=timezone.now(), interaction=row):
        _warn(request, form.outcome)
        return redirect("talks:page", pk)
    context = {"form": form, "customer": row.customer, "title": row.subject}
    return render(request, "talks/form.html", context | {"back": presenters.url(pk)})


@require_POST
@needs("interactions.edit")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    actions.archive(by=request.user, now=timezone.now(), interaction=_one(request, pk))
    return redirect("talks:page", pk)


@require_POST
@needs("interactions.edit")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    actions.restore(by=request.user, now=timezone.now(), interaction=_one(request, pk))
    return redirect("talks:page", pk)


@require_POST
@needs("interactions.edit")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    presenters.settled(request, _one(request, pk), settled=True)
    return redirect("talks:page", pk)


@require_POST
@needs("interactions.edit")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    presenters.settled(request, _one(request, pk), settled=False)
    return redirect("talks:page", pk)


@get_or_post
@needs("customers.view")
@writes("interactions.edit")
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    form = FilesForm(request.POST or None, request.FILES or None)
    given = {"uploads": form.cleaned_data["uploads"]} if form.is_valid() else {}
    if given and presenters.attached(form, by=request.user, interaction=row, **given):
        return redirect("talks:page", pk)
    context = presenters.page(request.user, row) | {"files_form": form}
    return render(request, "talks/page.html", context)


@require_GET
@needs("customers.view")
def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    return download(_file(request, pk, number))


@require_POST
@needs("interactions.edit")
def remove_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = _file(request, pk, number)
    actions.remove_file(by=request.user, now=timezone.now(), attachment=found)
    return redirect("talks:page", pk)


@require_GET
@needs("customers.view")
def of_contact(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(customers.contacts_visible_to(request.user), pk=pk)
    return render(request, "talks/timeline.html", presenters.stream(request.user, row, request.GET))


@require_GET
@needs("customers.view")
def who_talks_to_whom(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(customers.visible_to(request.user), pk=pk)
    context = who_page.page(request.user, row, timezone.now())
    return render(request, "talks/who.html", context)


def _warn(request: HttpRequest, row: Any) -> None:
    for sentence in presenters.untold_sentences(row):
        messages.warning(request, sentence)


def _one(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


def _file(request: HttpRequest, pk: int, number: int) -> Any:
    found = queries.attachment(request.user, number)
    if found is None or found.interaction_id != pk:
        raise Http404
    return found
