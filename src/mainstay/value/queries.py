"""Reads of value runs and what they say of each customer."""

from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from mainstay.customers.queries import visible_to
from mainstay.people.queries import company
from mainstay.shared.money import digits

from .models import CustomerValue, ValueRun

AT_RISK_BELOW = 0.5  # P(alive) under which a customer of classes A and B is shown as at risk


def current_run() -> ValueRun | None:
    """Return the run that every page shows; None until the first is complete."""
    return ValueRun.objects.filter(is_current=True).first()


def latest_run() -> ValueRun | None:
    """Return the run started last, whatever became of it."""
    return ValueRun.objects.order_by("-id").first()


def runs() -> QuerySet[ValueRun]:
    """Return all runs, the latest first."""
    return ValueRun.objects.select_related("started_by").order_by("-id")


def run(*, pk: int) -> ValueRun | None:
    return ValueRun.objects.filter(pk=pk).first()


def in_minor_units(amount: Decimal) -> int:
    """Return an amount of the company's currency in minor units."""
    return int(amount.scaleb(digits(company().currency)))


def values_in(run: ValueRun, *, user: Any) -> QuerySet[CustomerValue]:
    """Return what `run` says of the customers that the user may see."""
    return CustomerValue.objects.filter(run=run, customer__in=visible_to(user))


def at_risk(run: ValueRun, *, user: Any, limit: int = 10) -> QuerySet[CustomerValue]:
    """Return the most valuable customers that are probably lost, largest revenue first."""
    return (
        values_in(run, user=user)
        .filter(abc_class__in=["A", "B"], p_alive__lt=AT_RISK_BELOW)
        .select_related("customer")
        .order_by(F("revenue_minor").desc(), "customer")[:limit]
    )


def value_of(customer_id: int, *, user: Any) -> CustomerValue | None:
    """Return what the current run says of one customer."""
    current = current_run()
    if current is None:
        return None
    return values_in(current, user=user).filter(customer=customer_id).select_related("run").first()


def narrowed(rows: QuerySet[CustomerValue], wishes: dict[str, Any]) -> QuerySet[CustomerValue]:
    """Return the rows that fit; a wish for nothing narrows nothing."""
    return rows.filter(**{name: value for name, value in wishes.items() if value not in (None, "")})
