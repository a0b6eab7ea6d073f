"""Changing what work costs: activities, and how much of their own drivers customers caused."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.orders.models import Activity, Driver, DriverQuantity
from mainstay.orders.rules import LARGEST_AMOUNT
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

FIELDS = ("name", "yearly_cost_minor", "driver", "capacity_hours", "unit_minutes")
LARGEST_COST = LARGEST_AMOUNT // 10**3
MOST_HOURS = 10**7
MOST_QUANTITIES = 1000
LARGEST_QUANTITY = 1e9
EARLIEST = date(1900, 1, 1)


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
    _require(by)
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
    _require(by)
    put_away = activity.archived_at is None
    activity.archived_at = now if put_away else None
    activity.save(update_fields=["archived_at", "updated_at"])
    verb = "activity.archived" if put_away else "activity.restored"
    record(by=by, verb=verb, target=activity, now=now)


@dataclass(frozen=True, kw_only=True)
class QuantityIn:
    """One quantity from outside; `customer` is our number of the customer."""

    activity: str
    customer: int
    day: date
    quantity: float


class QuantitiesRefused(Exception):
    """Nothing was written; `problems` holds (row, field, sentence)."""

    def __init__(self, problems: list[tuple[int, str, str]]) -> None:
        super().__init__(problems[0][2])
        self.problems = problems


@transaction.atomic
def record_quantities(*, by: Any, now: datetime, rows: Sequence[QuantityIn]) -> int:
    """Record quantities of activities with an own driver; the same day again replaces.

    Return how many were written.
    """
    _require(by)
    activities = {row.name: row for row in Activity.objects.filter(driver=Driver.OWN)}
    known = _known(by, {row.customer for row in rows})
    problems = [
        (place, *fault)
        for place, row in enumerate(rows)
        if (fault := _fault(row, activities, known, now))
    ]
    if len(rows) > MOST_QUANTITIES:
        text = _("%(n)d rows are too many at once; send at most 1,000.") % {"n": len(rows)}
        problems.insert(0, (0, "rows", text))
    if problems:
        raise QuantitiesRefused(problems)
    last = {(row.activity, row.day, row.customer): row for row in rows}
    DriverQuantity.objects.bulk_create(
        [
            DriverQuantity(
                activity=activities[row.activity],
                customer_id=row.customer,
                day=row.day,
                quantity=row.quantity,
            )
            for row in last.values()
        ],
        update_conflicts=True,
        update_fields=["quantity"],
        unique_fields=["activity", "day", "customer"],
    )
    for name in sorted({row.activity for row in rows}):
        count = sum(row.activity == name for row in last.values())
        target = activities[name]
        record(by=by, verb="activity.quantities", target=target, new={"rows": count}, now=now)
    return len(last)


def _known(by: Any, numbers: set[int]) -> set[int]:
    found = customers.seen_by(by).filter(pk__in=numbers).values_list("pk", flat=True)
    return set(found)


def _fault(
    row: QuantityIn, activities: Mapping[str, Activity], known: set[int], now: datetime
) -> tuple[str, str] | None:
    if row.activity not in activities:
        names = ", ".join(sorted(activities)) or "–"
        text = _("No activity with own quantities is called “%(name)s”. There are: %(names)s.")
        return "activity", text % {"name": row.activity, "names": names}
    if row.customer not in known:
        text = _("There is no customer %(number)s, or it is not yours to see.")
        return "customer_id", text % {"number": row.customer}
    if not (math.isfinite(row.quantity) and 0 <= row.quantity <= LARGEST_QUANTITY):
        text = _("A quantity is zero or more; “%(value)s” is none.")
        return "quantity", text % {"value": row.quantity}
    if not EARLIEST <= row.day <= now.date():
        return "day", _("The day must not lie in the future; write it as YYYY-MM-DD.")
    return None


def _require(by: Any) -> None:
    if by is not None:
        require(by, "orders.edit")
        require(by, "money.view")
