"""Reads of who moved."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mainstay.customers.queries import reach, visible_to
from mainstay.value import queries
from mainstay.value.models import CustomerValue, ValueRun

from .models import CustomerMove

SHOWN = 50
AT_ONCE = 2000
KINDS: dict[str, dict[str, Any]] = {
    "rose": {"class_steps__gt": 0},
    "fell": {"class_steps__lt": 0},
    "at_risk": {"risk": 1},
    "recovered": {"risk": -1},
}


def movers(run: ValueRun, *, user: Any, kind: str) -> QuerySet[CustomerMove]:
    """Return who moved that way, the largest loss first; for a rise the largest gain."""
    seen = CustomerMove.objects.filter(reach(user, "customer__"), run=run)
    gains = kind in ("rose", "recovered")
    order = "-clv_change_minor" if gains else "clv_change_minor"
    rows = seen.filter(**KINDS.get(kind, {}), customer__archived_at=None)
    return rows.select_related("customer").order_by(order, "customer")[:SHOWN]


def moves_of(customer: Any, *, user: Any) -> QuerySet[CustomerMove]:
    """Return the steps of one customer to another class or risk, each with the class it led to."""
    led_to = CustomerValue.objects.filter(run=OuterRef("run"), customer=OuterRef("customer"))
    rows = CustomerMove.objects.filter(customer=customer, customer__in=visible_to(user))
    rows = rows.filter(~Q(class_steps=0) | ~Q(risk=0), run__finished_at__isnull=False)
    new_class = Coalesce(Subquery(led_to.values("abc_class")[:1]), Value(""))
    return rows.select_related("run").annotate(new_class=new_class)


def values_of(customers: list[int], *, runs: list[int]) -> dict[tuple[int, int], CustomerValue]:
    """Return what each of the runs says of each of the customers."""
    rows = CustomerValue.objects.filter(run__in=runs, customer__in=customers)
    return {(row.run_id, row.customer_id): row for row in rows}


def classes_moved(run: ValueRun, before: ValueRun) -> Iterator[tuple[int, str, str]]:
    """Yield customer, class before and class now of all whose class changed, read in slices."""
    moved = CustomerMove.objects.filter(run=run).exclude(class_steps=0).order_by("customer")
    numbers = moved.values_list("customer", flat=True).iterator(chunk_size=AT_ONCE)
    while some := list(islice(numbers, AT_ONCE)):
        old, new = (queries.classes_of(some, run=each) for each in (before, run))
        for number in some:
            yield number, old.get(number, ""), new.get(number, "")
