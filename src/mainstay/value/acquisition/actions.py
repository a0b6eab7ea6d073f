"""Keeping what channels cost: a month of a channel or campaign has one cost."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions import campaign_named, channel_named
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.value.models import ChannelCost

LARGEST = 10**15  # minor units
EARLIEST, LATEST = 1900, 2199  # years


def _may_edit(by: Any) -> None:
    if by is not None:
        require(by, "acquisition.edit")


@transaction.atomic
def save_cost(
    *, by: Any, now: datetime, values: Mapping[str, Any], cost: ChannelCost | None = None
) -> ChannelCost:
    """Add what a channel or campaign cost in a month, or change it."""
    _may_edit(by)
    known = dict(values)
    if known.get("campaign") is not None and "channel" not in known:
        known["channel"] = known["campaign"].channel
    known["month"] = _month(known["month"])
    row = ChannelCost(channel=known["channel"])
    if cost is not None:
        row = ChannelCost.objects.select_for_update().get(pk=cost.pk)
    _check(row, known)
    old, new = versions.apply(row, known)
    row.save()
    if new:
        verb = "channel_cost.changed" if cost else "channel_cost.added"
        told = {"channel": str(row.channel), "month": f"{row.month:%Y-%m}"}
        record(by=by, verb=verb, target=row, old=old, new=told | new, now=now)
    return row


@transaction.atomic
def remove_cost(*, by: Any, now: datetime, cost: ChannelCost) -> None:
    """Take a cost off; the audit log keeps it."""
    _may_edit(by)
    old = {"channel": str(cost.channel), "month": f"{cost.month:%Y-%m}"}
    old |= {"amount_minor": cost.amount_minor}  # type: ignore[dict-item]
    record(by=by, verb="channel_cost.removed", target=cost, old=old, now=now)
    cost.delete()


@transaction.atomic
def record_costs(*, by: Any, now: datetime, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Record up to 1,000 costs by names of channels, all or none: a known month is changed.

    Raises:
        ValidationError: a row does not fit; the sentence names it.
    """
    _may_edit(by)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for place, row in enumerate(rows, start=1):
        try:
            counts[_recorded(by, now, row)] += 1
        except ValidationError as refusal:
            message = _("Row %(row)d: %(why)s")
            raise ValidationError(
                message % {"row": place, "why": " ".join(refusal.messages)}
            ) from refusal
    return counts


def _recorded(by: Any, now: datetime, row: Mapping[str, Any]) -> str:
    values = {name: row[name] for name in ("month", "amount_minor", "note")}
    if not str(row["channel"]).strip():
        raise ValidationError({"channel": _("Name the channel.")})
    values["channel"] = channel_named(str(row["channel"]).strip())
    name = str(row.get("campaign") or "").strip()
    values["campaign"] = campaign_named(values["channel"], name) if name else None
    known = ChannelCost.objects.filter(
        channel=values["channel"], campaign=values["campaign"], month=_month(values["month"])
    ).first()
    before = known and (known.amount_minor, known.note)
    saved = save_cost(by=by, now=now, values=values, cost=known)
    if known is None:
        return "added"
    return "unchanged" if before == (saved.amount_minor, saved.note) else "changed"


def _month(day: date) -> date:
    return day.replace(day=1)


def _check(row: ChannelCost, values: Mapping[str, Any]) -> None:
    if not 0 <= values["amount_minor"] <= LARGEST:
        message = _("A cost is zero or more; note a refund as a lower cost of its own month.")
        raise ValidationError({"amount_minor": message})
    if not EARLIEST <= values["month"].year <= LATEST:
        raise ValidationError({"month": _("Choose a month from 1900 to 2199.")})
    campaign = values.get("campaign")
    if campaign is not None and campaign.channel_id != values["channel"].pk:
        message = _("The campaign “%(name)s” belongs to another channel; choose one of its own.")
        raise ValidationError({"campaign": message % {"name": campaign.name}})
    same = ChannelCost.objects.filter(
        channel=values["channel"], campaign=campaign, month=values["month"]
    )
    if same.exclude(pk=row.pk).exists():
        message = _("There is a cost of this month already; change that one.")
        raise ValidationError({"month": message})
