"""Changing what work costs: activities with their driver."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.orders.models import Activity
from mainstay.orders.rules import LARGEST_AMOUNT
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

FIELDS = ("name", "yearly_cost_minor", "driver", "capacity_hours", "unit_minutes")
LARGEST_COST = LARGEST_AMOUNT // 10**3
MOST_HOURS = 10**7


@transaction.atomic
def save_activity(
    *,
    by: Any,
    now: datetime,
    values: Mapping[str, Any],
    activity: Activity | None = None,
    version: int | None = None,
) -> Activity:
    """Add an activity, or change what differs; raise EditedMeanwhile on an outdated version.

    It counts from the next computation of profitability on.
    """
    may_change(by)
    wanted = {name: values[name] for name in FIELDS if name in values}
    row = versions.locked(Activity.objects.all(), activity.pk, version) if activity else Activity()
    old, new = versions.apply(row, wanted)
    _refuse(row)
    if new or activity is None:
        row.version = row.version + 1 if activity else 1
        row.save()
        verb = "activity.changed" if activity else "activity.added"
        record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


def _refuse(row: Activity) -> None:
    versions.check(row)
    found: dict[str, str] = {}
    if not 0 <= row.yearly_cost_minor <= LARGEST_COST:
        found["yearly_cost"] = _("A cost is zero or more, and not astronomical; check the number.")
    if (row.capacity_hours is None) != (row.unit_minutes is None):
        missing = "unit_minutes" if row.unit_minutes is None else "capacity_hours"
        found[missing] = _("Give hours and minutes both, or leave both empty for a plain rate.")
    for name in ("capacity_hours", "unit_minutes"):
        value = getattr(row, name)
        if value is not None and not (math.isfinite(value) and 0 < value <= MOST_HOURS):
            found[name] = _("Give a number above zero, such as 1600 hours or 12.5 minutes.")
    if Activity.objects.filter(name=row.name).exclude(pk=row.pk).exists():
        found["name"] = _("There is an activity of this name already; choose another.")
    if found:
        raise ValidationError(found)


@transaction.atomic
def archive_activity(*, by: Any, now: datetime, activity: Activity) -> None:
    """Leave the activity out of later computations, or take an archived one in again."""
    may_change(by)
    put_away = activity.archived_at is None
    activity.archived_at = now if put_away else None
    activity.save(update_fields=["archived_at", "updated_at"])
    verb = "activity.archived" if put_away else "activity.restored"
    record(by=by, verb=verb, target=activity, now=now)


def may_change(by: Any) -> None:
    """Raise PermissionDenied unless the user may change activities; None is the program itself."""
    if by is not None:
        require(by, "orders.edit")
        require(by, "money.view")
