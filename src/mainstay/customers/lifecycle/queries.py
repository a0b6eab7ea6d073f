"""Reads of stages: of one customer, of all, and what computing them needs."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.db.models import CharField, DateField, F, Max, Min, QuerySet
from django.db.models.functions import Cast, Trunc

from mainstay.customers.models import Customer, Interaction
from mainstay.customers.queries import reach
from mainstay.customers.queries.counts import counted
from mainstay.customers.recommendations.models import Recommendation
from mainstay.shared import tables

from .models import Override, Snapshot, StageChange, Standing, Thresholds

if TYPE_CHECKING:
    from mainstay.analysis.value.stages import Thresholds as Limits

SHOWN = 30
LIMITS = (
    "client_orders",
    "client_months",
    "advocate_recommendations",
    "partner_recommendations",
    "inactive_intervals",
    "inactive_days",
    "former_days",
)


def thresholds() -> Thresholds:
    """Return the company's rules; the usual ones while nobody changed any."""
    return Thresholds.objects.first() or Thresholds()


def limits(row: Thresholds) -> "Limits":
    """Return the rules as the analysis takes them."""
    from mainstay.analysis.value.stages import Thresholds as Limits

    return Limits(**{name: getattr(row, name) for name in LIMITS})


def standing_of(customer: Any) -> Standing | None:
    return Standing.objects.filter(customer=customer).first()


def standing_rows() -> QuerySet[Standing]:
    """Return all stages: only to narrow rows that are limited already."""
    return Standing.objects.all()


def change_rows() -> QuerySet[StageChange]:
    """Return all steps: only to narrow rows that are limited already."""
    return StageChange.objects.all()


def history_of(customer: Any) -> QuerySet[StageChange]:
    """Return the customer's steps, latest first."""
    return StageChange.objects.filter(customer=customer).order_by("-day", "-pk")


def override_of(customer: Any) -> Override | None:
    """Return the decision in force, if there is one."""
    open_ones = Override.objects.filter(customer=customer, ended_at=None)
    return open_ones.select_related("made_by").first()


def latest() -> Snapshot | None:
    """Return the newest computation."""
    return Snapshot.objects.order_by("-made_at", "-pk").first()


def counts(user: Any, snapshot: Snapshot | None) -> dict[str, int]:
    """Return how many of the customers the user sees stand in each stage.

    Who sees everybody is told what the computation counted, and the steps taken since.
    """
    figures = snapshot.figures if snapshot else {}
    if "stages" not in figures or reach(user):
        return counted(user, Standing.objects.all(), "stage")
    found = Counter(figures["stages"])
    for step in StageChange.objects.filter(pk__gt=figures["last_step"]):
        found[step.to_stage] += 1
        found[step.from_stage] -= 1
    return dict(found)


def every_count() -> dict[str, int]:
    """Return how many customers stand in each stage."""
    return counted(None, Standing.objects.all(), "stage")


def last_step() -> int:
    return StageChange.objects.aggregate(last=Max("pk"))["last"] or 0


# -- for the computation: whole columns


def _day(path: str) -> Any:
    return Cast(Trunc(path, "day", output_field=DateField()), CharField())


def _read(rows: "QuerySet[Any, Any]", **types: pa.DataType) -> pa.Table:
    sql, parameters = rows.order_by().query.sql_with_params()
    return tables.read(sql, parameters, tables.schema(**types))


def known() -> pa.Table:
    """Return every customer that is not put away: since when, and by which channel."""
    rows = Customer.objects.filter(archived_at=None)
    return _read(
        rows.values_list("pk", _day("created_at"), "acquisition_channel"),
        customer_id=pa.int64(),
        known_day=pa.string(),
        channel=pa.int64(),
    )


def talked() -> pa.Table:
    """Return when somebody first spoke or wrote with each customer."""
    rows = Interaction.objects.filter(archived_at=None).exclude(channel="note")
    first = rows.values("customer").annotate(at=Min("occurred_at"))
    return _read(
        first.annotate(day=_day("at")).values_list("customer", "day"),
        customer_id=pa.int64(),
        talked_day=pa.string(),
    )


def recommended() -> pa.Table:
    rows = Recommendation.objects.values_list("given_by", _day("created_at"))
    return _read(rows, customer_id=pa.int64(), day=pa.string())


def standings() -> pa.Table:
    rows = Standing.objects.values_list(
        "pk", "customer", "stage", Cast("since", CharField()), "reason", "figure", "by_hand"
    )
    return _read(
        rows,
        id=pa.int64(),
        customer_id=pa.int64(),
        old_stage=pa.string(),
        old_since=pa.string(),
        old_reason=pa.string(),
        old_figure=pa.int64(),
        old_by_hand=pa.bool_(),
    )


def overrides(today: date) -> pa.Table:
    """Return the decisions in force today."""
    rows = Override.objects.filter(ended_at=None, from_date__lte=today)
    return _read(
        rows.values_list("customer", "stage", Cast("from_date", CharField())),
        customer_id=pa.int64(),
        hand_stage=pa.string(),
        hand_since=pa.string(),
    )


def changes() -> pa.Table:
    """Return every step of every customer, for conversion and time in stage."""
    rows = StageChange.objects.values_list(
        "customer", Cast("day", CharField()), F("to_stage"), "pk"
    )
    return _read(
        rows,
        customer_id=pa.int64(),
        day=pa.string(),
        stage=pa.string(),
        number=pa.int64(),
    )
