"""Pages of webhooks: endpoints, their log, sending again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.shared import paging
from mainstay.shared.access import needs
from mainstay.shared.events import actions, presenters, queries
from mainstay.shared.events.forms import EndpointForm, ReplayForm, SecretForm
from mainstay.shared.events.signing import secret_of

PAGE_SIZE = 25


@require_GET
@needs("api.use")
def index(request: HttpRequest) -> HttpResponse:
    rows = [presenters.row(each) for each in queries.visible_to(request.user)]
    return render(request, "events/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@needs("api.use")
def add(request: HttpRequest) -> HttpResponse:
    form, now = EndpointForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.carry_out(actions.add_endpoint, by=request.user, now=now):
        messages.success(request, _("Added. Send a test event to see that it arrives."))
        return redirect("webhooks:endpoint", number=form.outcome.pk)
    return render(request, "events/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@needs("api.use")
def edit(request: HttpRequest, number: int) -> HttpResponse:
    row, now = _endpoint(request, number), timezone.now()
    start = {"name": row.name, "url": row.url, "events": queries.wanted(row)}
    form = EndpointForm(request.POST or None, initial=start)
    about = {"by": request.user, "now": now, "endpoint": row}
    if request.method == "POST" and form.carry_out(actions.change_endpoint, **about):
        return redirect("webhooks:endpoint", number=number)
    return render(request, "events/form.html", {"form": form, "endpoint": row})


@require_GET
@needs("api.use")
def endpoint(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, _endpoint(request, number), ReplayForm())


@never_cache
@require_POST
@needs("api.use")
def secret(request: HttpRequest, number: int) -> HttpResponse:
    """Show the secret; `change` makes a new one first, `end` lets the one before sign no more."""
    about: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    row, form = _endpoint(request, number), None
    if "end" in request.POST:
        row = actions.end_previous_secret(**about, endpoint=row)
    elif "change" in request.POST:
        form = SecretForm(request.POST)
        if form.carry_out(actions.change_secret, **about, endpoint=row):
            row, form = form.outcome, None
    return _page(request, row, ReplayForm(), secret=secret_of(row.salt), secret_form=form)


@require_POST
@needs("api.use")
def test(request: HttpRequest, number: int) -> HttpResponse:
    row, now = _endpoint(request, number), timezone.now()
    sent = actions.send_test(by=request.user, now=now, endpoint=row)
    return redirect("webhooks:delivery", number=number, delivery=sent.pk)


@require_POST
@needs("api.use")
def pause(request: HttpRequest, number: int) -> HttpResponse:
    row = _endpoint(request, number)
    actions.pause(by=request.user, now=timezone.now(), endpoint=row)
    messages.success(request, _("Paused. What happens meanwhile waits."))
    return redirect("webhooks:endpoint", number=number)


@require_POST
@needs("api.use")
def resume(request: HttpRequest, number: int) -> HttpResponse:
    row = _endpoint(request, number)
    actions.resume(by=request.user, now=timezone.now(), endpoint=row)
    messages.success(request, _("Sending again, what waited first."))
    return redirect("webhooks:endpoint", number=number)


@require_POST
@needs("api.use")
def remove(request: HttpRequest, number: int) -> HttpResponse:
    row = _endpoint(request, number)
    actions.remove_endpoint(by=request.user, now=timezone.now(), endpoint=row)
    messages.success(request, _("Removed “%(name)s”.") % {"name": row.name})
    return redirect("webhooks:index")


@require_POST
@needs("api.use")
def replay_range(request: HttpRequest, number: int) -> HttpResponse:
    row, form = _endpoint(request, number), ReplayForm(request.POST)
    about = {"by": request.user, "now": timezone.now(), "endpoint": row}
    if not form.carry_out(actions.replay_range, **about):
        return _page(request, row, form)
    count = form.outcome
    text = ngettext("%(n)d delivery waits.", "%(n)d deliveries wait.", count)
    messages.success(request, text % {"n": count})
    return redirect("webhooks:endpoint", number=number)


@require_GET
@needs("api.use")
def delivery(request: HttpRequest, number: int, delivery: int) -> HttpResponse:
    row = _endpoint(request, number)
    found = _delivery(row, delivery)
    log = presenters.attempts(queries.log_of(found))
    context = {"endpoint": row, "delivery": found, "line": presenters.line(found), "log": log}
    part = "#state" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"events/delivery.html{part}", context)


@require_POST
@needs("api.use")
def replay(request: HttpRequest, number: int, delivery: int) -> HttpResponse:
    found = _delivery(_endpoint(request, number), delivery)
    try:
        again = actions.replay(by=request.user, now=timezone.now(), delivery=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        again = found
    return redirect("webhooks:delivery", number=number, delivery=again.pk)


def _page(request: HttpRequest, row: Any, form: ReplayForm, **secrets: Any) -> HttpResponse:
    cursor = request.GET.get("cursor", "")
    try:
        page = paging.page(queries.deliveries(row), order=("-id",), size=PAGE_SIZE, cursor=cursor)
    except paging.BadCursor as error:
        raise BadRequest(_("This list has no such page. Start at the first.")) from error
    context = presenters.one(row, page, now=timezone.now()) | {"form": form, **secrets}
    context["secret_form"] = secrets.get("secret_form") or SecretForm()
    return render(request, "events/endpoint.html", context)


def _endpoint(request: HttpRequest, number: int) -> Any:
    row = queries.visible_to(request.user).filter(pk=number).first() if number < 2**63 else None
    if row is None:
        raise Http404(_("There is no webhook at this address, or it is not yours."))
    return row


def _delivery(endpoint: Any, number: int) -> Any:
    found = queries.deliveries(endpoint).filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(_("There is no such delivery, or it is no longer kept."))
    return found
