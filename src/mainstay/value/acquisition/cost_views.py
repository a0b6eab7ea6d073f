"""Pages of channels, campaigns and what they cost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mainstay.customers import actions as customers
from mainstay.people.permissions import needs

from . import actions, cost_pages, queries

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
@needs("money.view")
def channels(request: HttpRequest) -> HttpResponse:
    wish = {name: request.GET.get(name, "") for name in ("channel", "cursor")}
    return render(
        request, "value/acquisition/channels.html", cost_pages.listed(request.user, **wish)
    )


@get_or_post
@needs("acquisition.edit")
def channel(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = _found(queries.channel(pk=pk)) if pk else None
    form = cost_pages.channel_form(row, request.POST or None)
    known = {"by": request.user, "now": timezone.now()}
    save: Any = customers.change_channel if row else customers.add_channel
    if form.carry_out(save, **known, **({"channel": row} if row else {})):
        messages.success(request, _("Saved %(name)s.") % {"name": form.outcome})
        return redirect("value:channels")
    context = cost_pages.of_channel(row) | {"form": form}
    return render(request, "value/acquisition/channel.html", context)


@get_or_post
@needs("acquisition.edit")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.campaign(pk=pk))
    form = cost_pages.campaign_form(row, request.POST or None)
    known = {"by": request.user, "now": timezone.now(), "campaign": row}
    if form.carry_out(customers.rename_campaign, **known):
        messages.success(request, _("Saved %(name)s.") % {"name": form.outcome})
        return redirect("value:channel", row.channel_id)
    return render(request, "value/acquisition/campaign.html", {"campaign": row, "form": form})


@get_or_post
@needs("acquisition.edit")
def cost(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = _found(queries.cost(request.user, pk=pk)) if pk else None
    form = cost_pages.cost_form(row, request.POST or None, request.GET)
    if form.carry_out(actions.save_cost, by=request.user, now=timezone.now(), cost=row):
        text = _("Saved the cost of %(channel)s. The page of new customers counts with it.")
        messages.success(request, text % {"channel": form.outcome.channel})
        return redirect("value:channels")
    return render(request, "value/acquisition/cost.html", {"cost": row, "form": form})


@require_POST
@needs("acquisition.edit")
def remove_channel(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.channel(pk=pk))
    return _removed(request, customers.remove_channel, channel=row)


@require_POST
@needs("acquisition.edit")
def remove_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(queries.campaign(pk=pk))
    return _removed(request, customers.remove_campaign, campaign=row)


@require_POST
@needs("acquisition.edit")
def remove_cost(request: HttpRequest, pk: int) -> HttpResponse:
    return _removed(request, actions.remove_cost, cost=_found(queries.cost(request.user, pk=pk)))


def _found(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _removed(request: HttpRequest, remove: Any, **row: Any) -> HttpResponse:
    try:
        remove(by=request.user, now=timezone.now(), **row)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Removed. The audit log keeps what it was."))
    return redirect("value:channels")
