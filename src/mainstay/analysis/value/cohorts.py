"""Cohorts: who began together, and what each month, quarter or year of life brought.

A cohort is named by the calendar period of the first purchase; ages are personal: month 0 of a
customer begins on the first purchase, wherever in the calendar that lies. Only months of life that
are over by the as-of day count, so no cell mixes whole with begun months.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import ibis
from ibis import _

from mainstay.analysis.numerics import intervals
from mainstay.analysis.value.churn import margin_minor

PERIODS = {"month": (1, "M"), "quarter": (3, "Q"), "year": (12, "Y")}
SUMS = ("purchases", "revenue_minor", "margin_minor")


def lives(days: ibis.Table, *, margin: float, as_of: date) -> ibis.Table:
    """Return one row per customer and month of life with something in it.

    Args:
        days: from `days.purchase_days`.
        margin: share of revenue where a line's cost is not known.
        as_of: last day that counts.

    Columns: customer_id, first_day, months (of life that are over), age (this month, from 0),
    purchases, revenue_minor, margin_minor, and units where known.
    """
    worth = days.mutate(margin=margin_minor(days, margin))
    first = worth.day.min(where=worth.bought).over(ibis.window(group_by="customer_id"))
    dated = worth.mutate(first_day=first)
    since = dated.filter(_.first_day.notnull() & (_.day >= _.first_day))
    tomorrow = ibis.literal(as_of + timedelta(1))
    aged = since.mutate(
        age=_months(since.first_day, since.day), months=_months(since.first_day, tomorrow)
    )
    known = {"units": _.units.fill_null(0).sum()} if "units" in days.columns else {}
    return aged.group_by("customer_id", "first_day", "months", "age").agg(
        purchases=_.bought.cast("int64").sum(),
        revenue_minor=_.amount_minor.sum().cast("int64"),
        margin_minor=_.margin.sum().round().cast("int64"),
        **known,
    )


def _months(start: Any, end: Any) -> Any:
    """Return the number of whole months between two days."""
    years = (end.year() - start.year()).cast("int64") * 12 + (end.month() - start.month())
    return (years - (end.day() < start.day()).cast("int64")).cast("int64")


def sizes(lives: ibis.Table, *, period: str, begun: str = "") -> ibis.Table:
    """Return cohort, whole (periods of life that are over) and how many customers there are.

    Args:
        lives: from `lives`.
        period: month, quarter or year: in which ages are counted.
        begun: period of the first purchase that makes a cohort; the same as `period` if left out.
    """
    size, unit = PERIODS[period][0], PERIODS[begun or period][1]
    return (
        lives.filter(_.age == 0)
        .group_by(cohort=_.first_day.truncate(unit).cast("date"), whole=_.months // size)
        .agg(customers=_.count())
    )


def activity(lives: ibis.Table, *, period: str, begun: str = "") -> ibis.Table:
    """Return what the customers of each cohort did at each age that is over for them."""
    size, unit = PERIODS[period][0], PERIODS[begun or period][1]
    placed = lives.mutate(
        cohort=_.first_day.truncate(unit).cast("date"), at=_.age // size, whole=_.months // size
    ).filter(_.at < _.whole)
    sums = {name: _[name].sum() for name in SUMS}
    each = placed.group_by("cohort", "at", "customer_id").agg(**sums)
    margin = _.margin_minor.cast("float64")
    totals = {name: _[name].sum().cast("int64") for name in SUMS}
    return each.group_by("cohort", age=_["at"]).agg(
        active=(_.purchases > 0).sum(), squares=(margin * margin).sum(), **totals
    )


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cohort at an age: `customers` of `of` have lived through it; sums are theirs."""

    cohort: date
    age: int
    of: int
    customers: int
    active: int
    purchases: int
    revenue_minor: int
    margin_minor: int
    squares: float  # of the margins of single customers

    @property
    def complete(self) -> bool:
        return self.customers == self.of

    def retention(self, *, level: float = 0.95) -> intervals.Estimate | None:
        """Return the share that bought at this age, with Wilson's interval; None for nobody."""
        return (
            intervals.wilson(self.active, self.customers, level=level) if self.customers else None
        )

    def margin(self, *, level: float = 0.95) -> intervals.Estimate | None:
        """Return the mean margin of a customer at this age; None for fewer than two."""
        return intervals.mean(self.customers, self.margin_minor, self.squares, level=level)


def cells(sizes: Iterable[Mapping[str, Any]], activity: Iterable[Mapping[str, Any]]) -> list[Cell]:
    """Return every cell through which somebody has lived, by cohort and age."""
    lived: dict[date, dict[int, int]] = {}
    for row in sizes:
        lived.setdefault(row["cohort"], {})[row["whole"]] = row["customers"]
    done = {(row["cohort"], row["age"]): row for row in activity}
    nothing = {"active": 0, "squares": 0.0, **dict.fromkeys(SUMS, 0)}
    found = []
    for cohort in sorted(lived):
        whole = lived[cohort]
        for age in range(max(whole)):
            through = sum(n for periods, n in whole.items() if periods > age)
            row = done.get((cohort, age), nothing)
            told = {name: row[name] for name in nothing}
            of = sum(whole.values())
            found.append(Cell(cohort=cohort, age=age, of=of, customers=through, **told))
    return found


class Span(NamedTuple):
    """A cohort of one's own: everybody who began in these whole months."""

    name: str
    first: date  # first day of the first month
    last: date  # first day of the last month


def check(spans: Sequence[Span]) -> None:
    """Raise ValueError where a span ends before it begins, or two of them overlap."""
    for span in spans:
        if span.last < span.first:
            raise ValueError(f"The cohort “{span.name}” ends before it begins. Swap its months.")
    ordered = sorted(spans, key=lambda span: span.first)
    for one, other in pairwise(ordered):
        if other.first <= one.last:
            raise ValueError(
                f"The cohorts “{one.name}” and “{other.name}” overlap, so customers would count"
                " twice. Let one end before the other begins."
            )


def between(cells: Iterable[Cell], spans: Sequence[Span]) -> list[Cell]:
    """Return the cells of spans from cells whose cohorts are months, each named by its first month.

    Raises:
        ValueError: the spans overlap, or one ends before it begins.
    """
    check(spans)
    known = list(cells)
    found: list[Cell] = []
    for span in sorted(spans, key=lambda span: span.first):
        within = [cell for cell in known if span.first <= cell.cohort <= span.last]
        of = sum({cell.cohort: cell.of for cell in within}.values())
        ages = range(max((cell.age + 1 for cell in within), default=0))
        found += [_joined(span.first, a, of, [c for c in within if c.age == a]) for a in ages]
    return found


def _joined(cohort: date, age: int, of: int, parts: list[Cell]) -> Cell:
    names = ("customers", "active", "squares", *SUMS)
    sums: dict[str, Any] = {name: sum(getattr(part, name) for part in parts) for name in names}
    return Cell(cohort=cohort, age=age, of=of, **sums)


def pooled(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells of all cohorts as one, age by age; who has not lived so long is not in."""
    known = list(cells)
    of = sum({cell.cohort: cell.of for cell in known}.values())
    first = min((cell.cohort for cell in known), default=date.min)
    ages = range(max((cell.age + 1 for cell in known), default=0))
    return [_joined(first, age, of, [cell for cell in known if cell.age == age]) for age in ages]
