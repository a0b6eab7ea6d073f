"""Reads of cohorts, of one's own cohorts, and of what grows over the years of a relationship."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, IntegerField, QuerySet, Sum, Value, When

from mainstay.customers.recommendations.queries import counts
from mainstay.value.models import CustomerProfit, CustomerValue, ValueRun
from mainstay.value.profitability.queries import current_run as profit_run

from .models import OwnCohort
from .stage import KEY, OWN

if TYPE_CHECKING:
    from mainstay.analysis.value.cohorts import Cell

PERIODS = ("month", "quarter", "year")
YEAR_DAYS = 365
YEARS = 10  # of a relationship told apart; longer ones are one


def content(run: ValueRun) -> dict[str, Any] | None:
    """Return what the run says of cohorts; None where it says nothing."""
    part = run.parts.filter(key=KEY).first()
    return part.content if part else None


def cells(known: dict[str, Any], period: str) -> "list[Cell]":
    """Return the cells of all cohorts, ages counted in the period, which also makes a cohort."""
    return _cells(known, period)


def own_cells(known: dict[str, Any], period: str, own: list[OwnCohort]) -> "list[Cell] | None":
    """Return the cells of one's own cohorts; None where the run is too old to tell."""
    from mainstay.analysis.value.cohorts import Span, between

    key = period if period == "month" else f"{OWN}{period}"
    if key not in known:
        return None
    return between(_cells(known, key), [Span(row.name, row.first, row.last) for row in own])


def _cells(known: dict[str, Any], key: str) -> "list[Cell]":
    from mainstay.analysis.value.cohorts import Cell

    rows = (dict(zip(known["columns"], row, strict=True)) for row in known[key])
    return [Cell(**{**row, "cohort": date.fromisoformat(row["cohort"])}) for row in rows]


def own_cohorts(user: Any) -> QuerySet[OwnCohort]:
    """Return the cohorts that the user has put together, by their months."""
    return OwnCohort.objects.filter(user=user).order_by("first")


def own_cohort(user: Any, *, pk: int) -> OwnCohort | None:
    return own_cohorts(user).filter(pk=pk).first()


def service_by_year(run: ValueRun) -> list[dict[str, Any]]:
    """Return customers, cost to serve and revenue of the profit year, by year of relationship."""
    profit = profit_run()
    if profit is None or not profit.summary.get("cost_to_serve_minor"):
        return []
    rows = CustomerProfit.objects.filter(run=profit, customer__values__run=run)
    placed = rows.annotate(year=_year(run.as_of, "customer__values__first_day")).values("year")
    sums = placed.annotate(
        n=Count("pk"), service=Sum("cost_to_serve_minor"), revenue=Sum("revenue_minor")
    )
    return [dict(row) for row in sums.order_by("year") if row["year"]]


def recommendations_by_year(run: ValueRun) -> list[dict[str, Any]]:
    """Return customers, those who recommended us, and how often, by year of relationship."""
    given = dict(counts())
    if not given:
        return []
    rows = CustomerValue.objects.filter(run=run).annotate(year=_year(run.as_of, "first_day"))
    sizes = dict(rows.values("year").annotate(n=Count("pk")).values_list("year", "n").order_by())
    found = {year: [n, 0, 0] for year, n in sorted(sizes.items()) if year}
    for customer, year in rows.filter(customer__in=given).values_list("customer", "year"):
        if year:
            found[year][1] += 1
            found[year][2] += given[customer]
    return [
        {"year": year, "n": n, "givers": givers, "given": times}
        for year, (n, givers, times) in found.items()
    ]


def _year(as_of: date, path: str) -> Case:
    """Return in which year of the relationship a customer is; 0 where it never bought."""
    bounds = [
        When(
            **{f"{path}__gt": as_of - timedelta(days=YEAR_DAYS * year)},
            then=Value(year),
        )
        for year in range(1, YEARS)
    ]
    known = When(**{f"{path}__isnull": False}, then=Value(YEARS))
    return Case(*bounds, known, default=Value(0), output_field=IntegerField())
