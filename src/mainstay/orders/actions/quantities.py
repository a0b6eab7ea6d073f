"""Recording how much of an activity's own driver customers caused: from the API, from a file."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.orders.actions.activities import may_change
from mainstay.orders.models import Activity, Driver, DriverQuantity
from mainstay.records.actions import record

MOST_QUANTITIES = 1000
LARGEST_QUANTITY = 1e9
EARLIEST = date(1900, 1, 1)
AT_ONCE = 500
Cells = Mapping[tuple[int, int, date], float]  # activity, customer, day: quantity


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
    may_change(by)
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
    last = {(activities[row.activity].pk, row.customer, row.day): row.quantity for row in rows}
    set_quantities(by=by, now=now, quantities=last)
    return len(last)


@transaction.atomic
def set_quantities(*, by: Any, now: datetime, quantities: Cells) -> None:
    """Write quantities whose activities and customers are known; the same day again replaces."""
    may_change(by)
    rows = [
        DriverQuantity(activity_id=activity, customer_id=customer, day=day, quantity=quantity)
        for (activity, customer, day), quantity in quantities.items()
    ]
    DriverQuantity.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        update_fields=["quantity"],
        unique_fields=["activity", "day", "customer"],
    )
    written = Counter(row.activity_id for row in rows)
    for activity in Activity.objects.filter(pk__in=written).order_by("pk"):
        new = {"rows": written[activity.pk]}
        record(by=by, verb="activity.quantities", target=activity, new=new, now=now)


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
