"""What the pages about channels and their costs show."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from mainstay.customers.queries import campaigns
from mainstay.people.permissions import can
from mainstay.people.queries import company
from mainstay.shared import money, paging
from mainstay.shared.numbers import row_number
from mainstay.shared.templatetags.figures import money_round, number

from . import queries
from .figures import month
from .forms import CampaignForm, ChannelForm, CostForm

SIZE = 50


def listed(user: Any, *, channel: str, cursor: str) -> dict[str, Any]:
    """Return the channels, and the costs of all of them or of one, the latest first."""
    unit, here = company().currency, reverse("value:channels")
    pk = row_number(channel)
    wish = {} if pk is None else {"channel": channel}
    rows = queries.costs(user).filter(**wish)
    try:
        page = paging.page(rows, order=("-month", "-id"), size=SIZE, cursor=cursor)
    except paging.BadCursor:
        page = paging.page(rows, order=("-month", "-id"), size=SIZE)

    def url(place: str) -> str:
        return f"{here}?{urlencode({**wish, 'cursor': place})}" if place else ""

    lines = [_channel(row, unit) for row in queries.listed_channels()]
    return {
        "channels": lines,
        "chosen": next((line["name"] for line in lines if str(line["pk"]) == channel), ""),
        "costs": [_cost(row, unit) for row in page.rows],
        "next_url": url(page.next),
        "previous_url": url(page.previous),
        "may_edit": can(user, "acquisition.edit"),
        "may_import": can(user, "acquisition.edit") and can(user, "customers.import"),
    }


def _channel(row: dict[str, Any], unit: str) -> dict[str, Any]:
    spent, channel = row["cost"], row["channel"]
    return {
        "pk": channel.pk,
        "name": channel.name,
        "campaigns": row["campaigns"],
        "won": number(channel.won),
        "months": number(spent["months"]) if spent else "–",
        "total": money_round(spent["minor"], unit) if spent else "–",
        "latest": month(spent["latest"]) if spent else "–",
    }


def _cost(row: Any, unit: str) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "month": month(row.month),
        "channel": row.channel.name,
        "campaign": row.campaign.name if row.campaign else "",
        "amount": money_round(row.amount_minor, unit),
        "note": row.note,
    }


def channel_form(row: Any, data: Any) -> ChannelForm:
    return ChannelForm(data, initial={"name": row.name} if row else {})


def campaign_form(row: Any, data: Any) -> CampaignForm:
    return CampaignForm(data, initial={"name": row.name})


def of_channel(row: Any) -> dict[str, Any]:
    return {"channel": row, "campaigns": list(campaigns().filter(channel=row)) if row else []}


def cost_form(row: Any, data: Any, wish: Any) -> CostForm:
    """Return the form of a cost, or of a new one, perhaps of a channel already named."""
    unit = company().currency
    initial: dict[str, Any] = {"channel": wish.get("channel", "")}
    if row is not None:
        names = ("channel", "campaign", "month", "note")
        initial = {name: getattr(row, name) for name in names}
        initial["amount_minor"] = money.major(row.amount_minor, unit)
    return CostForm(data, initial=initial, currency=unit)
