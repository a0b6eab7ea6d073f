"""Pages of tasks, and the calendar that opens without signing in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers import pages
from mainstay.customers import queries as customers
from mainstay.customers.todo import actions, presenters, publishing, queries
from mainstay.customers.todo.forms import TaskForm
from mainstay.people.permissions import needs, writes
from mainstay.shared.forms import conflict
from mainstay.shared.numbers import row_number
from mainstay.shared.versions import EditedMeanwhile

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("customers.view")
def mine(request: HttpRequest) -> HttpResponse:
    context = presenters.mine(request.user, request.GET, timezone.now())
    return render(request, "todo/mine.html", context)


@get_or_post
@needs("interactions.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = TaskForm(
        request.POST or None,
        customer=_customer(request, request.GET.get("customer", "")),
        initial={"assignee": request.user, "due_date": timezone.localdate()},
    )
    if form.carry_out(actions.add, by=request.user, now=timezone.now()):
        messages.success(request, _("Added the task “%(title)s”.") % {"title": form.outcome})
        return redirect(pages.url(form.customer.pk) if form.customer else "todo:mine")
    return render(
        request, "todo/form.html", presenters.form_page(request.user, _("New task"), form)
    )


@get_or_post
@needs("customers.view")
@writes("interactions.edit")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    form = TaskForm(request.POST or None, customer=row.customer, initial=presenters.initial(row))
    context = presenters.form_page(request.user, row.title, form, row)
    try:
        if form.is_valid() and _change(request, form, row):
            return redirect(context["back"])
    except EditedMeanwhile as told:
        context |= conflict(form, told.current)
    return render(request, "todo/form.html", context)


def _change(request: HttpRequest, form: TaskForm, row: Any) -> bool:
    version = form.cleaned_data.get("version")
    known = {"by": request.user, "now": timezone.now(), "task": row, "version": version}
    return form.carry_out(actions.change, **known)


@require_POST
@needs("interactions.edit")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    following = actions.finish(by=request.user, now=timezone.now(), task=row)
    if following is not None:
        text = _("Done. It comes again on %(day)s.")
        messages.success(request, text % {"day": presenters.due(following)})
    return _back(request)


@require_POST
@needs("interactions.edit")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    actions.reopen(by=request.user, now=timezone.now(), task=_one(request, pk))
    return _back(request)


@require_POST
@needs("interactions.edit")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actions.cancel(by=request.user, now=timezone.now(), task=_one(request, pk))
    return _back(request)


@get_or_post
@needs("customers.view")
def feed(request: HttpRequest) -> HttpResponse:
    """Show the calendar link's state; make a new one, or revoke it."""
    link, about = "", dict[str, Any](by=request.user, now=timezone.now())
    if request.method == "POST" and "revoke" in request.POST:
        actions.revoke_feed(**about)
        messages.success(request, _("The link does not open any more."))
        return redirect("todo:feed")
    if request.method == "POST":
        token = actions.make_feed(**about)
        link = request.build_absolute_uri(reverse("todo:calendar", args=[token]))
    context = {"link": link, "feed": queries.feed_of(request.user)}
    return render(request, "todo/feed.html", context)


@require_GET
@login_not_required
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.feed_for(token)
    if found is None:
        raise Http404(_("This calendar link was revoked, or never was one."))
    return publishing.answer(request, found.user)


def _customer(request: HttpRequest, typed: str) -> Any:
    if not typed:
        return None
    return get_object_or_404(customers.visible_to(request.user), pk=row_number(typed))


def _one(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


def _back(request: HttpRequest) -> HttpResponse:
    wished = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wished, allowed_hosts={request.get_host()})
    return redirect(wished if safe else "todo:mine")
