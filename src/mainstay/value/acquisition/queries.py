"""Reads of channels and what they cost."""

from typing import Any

from django.db.models import QuerySet, Sum

from mainstay.people.permissions import can
from mainstay.value.models import ChannelCost


def costs(user: Any) -> QuerySet[ChannelCost]:
    """Return the costs, the latest month first; costs are for those who see money."""
    if not can(user, "money.view"):
        return ChannelCost.objects.none()
    rows = ChannelCost.objects.select_related("channel", "campaign")
    return rows.order_by("-month", "channel__name", "campaign__name", "pk")


def by_month() -> list[tuple[int, Any, int]]:
    """Return channel, month and cost, campaigns included, of every month with a cost."""
    rows = ChannelCost.objects.values("channel", "month").annotate(minor=Sum("amount_minor"))
    return list(rows.order_by("month", "channel").values_list("channel", "month", "minor"))
