"""Reads of scenarios, and of what profit would be at other costs of activities."""

from typing import Any, NamedTuple

from django.db.models import Count, F, FloatField, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from mainstay.value.models import CustomerProfit, ProfitRun, Scenario

MOST = 8  # scenarios side by side


class Profit(NamedTuple):
    """Net profit of all customers, and of those that lose money."""

    net_minor: float
    unprofitable: int
    lost_minor: float


def scenarios() -> QuerySet[Scenario]:
    """Return the scenarios that are kept, the latest first."""
    return Scenario.objects.filter(archived_at=None).select_related("by").order_by("-pk")


def scenario(*, pk: int) -> Scenario | None:
    return scenarios().filter(pk=pk).first()


def costs(run: ProfitRun | None) -> dict[str, int]:
    """Return what each activity cost in the run's year, by its number."""
    told = run.summary["activities"] if run else []
    return {each["key"]: each["pool_minor"] for each in told}


def names(run: ProfitRun | None) -> dict[str, str]:
    told = run.summary["activities"] if run else []
    return {each["key"]: each["name"] for each in told}


def profit(run: ProfitRun, relief: dict[str, float]) -> Profit:
    """Return the profit of the run's year, had activities cost less by the shares of `relief`.

    What customers were charged for an activity moves in proportion to its cost.
    """
    net: Any = Cast(F("net_profit_minor"), FloatField())
    for place, key in enumerate(costs(run)):
        if key in relief:
            net += Cast(KT(f"costs__{place}"), FloatField()) * relief[key]
    rows = CustomerProfit.objects.filter(run=run, tenth__isnull=False).annotate(net=net)
    found = rows.aggregate(
        all=Sum("net"), n=Count("pk", filter=Q(net__lt=0)), lost=Sum("net", filter=Q(net__lt=0))
    )
    return Profit(found["all"] or 0.0, found["n"], found["lost"] or 0.0)
