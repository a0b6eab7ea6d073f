"""Reads of who moved."""

from typing import Any

from django.db.models import QuerySet

from mainstay.customers.queries import visible_to
from mainstay.value.models import CustomerValue, ValueRun

from .models import CustomerMove

SHOWN = 50
KINDS: dict[str, dict[str, Any]] = {
    "rose": {"class_steps__gt": 0},
    "fell": {"class_steps__lt": 0},
    "at_risk": {"risk": 1},
    "recovered": {"risk": -1},
}


def movers(run: ValueRun, *, user: Any, kind: str) -> QuerySet[CustomerMove]:
    """Return who moved that way, the largest loss first; for a rise the largest gain."""
    seen = CustomerMove.objects.filter(run=run, customer__in=visible_to(user))
    gains = kind in ("rose", "recovered")
    order = "-clv_change_minor" if gains else "clv_change_minor"
    rows = seen.filter(**KINDS.get(kind, {}), customer__archived_at=None)
    return rows.select_related("customer").order_by(order, "customer")[:SHOWN]


def values_of(customers: list[int], *, runs: list[int]) -> dict[tuple[int, int], CustomerValue]:
    """Return what each of the runs says of each of the customers."""
    rows = CustomerValue.objects.filter(run__in=runs, customer__in=customers)
    return {(row.run_id, row.customer_id): row for row in rows}
