"""How many customers are lost a month and a year, at what rate, and what that costs."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
from ibis import _

from mainstay.analysis.numerics import intervals

MONTHS = 12
COMEBACKS_SEEN = 0.9  # of all that come: until then a month's losses are provisional
DECIDED = 0.9  # of the customers last seen in a month: under this its losses are provisional
FEW = 30  # customers under whom a rate is not told, counts are


SUMS = ("began", "returned", "seen", "undecided", "lost", "short", "lost_minor", "came_back")


def of_months(spells: ibis.Table) -> ibis.Table:
    """Return one row per month in which something happened, with the counts in SUMS.

    began: spells that began, returned: of those, after an earlier loss. seen: last seen in the
    month, undecided: of those, not lost. lost, short: of those, begun in the same month;
    lost_minor: their yearly value; came_back: of those, back by now.
    """
    lost = spells.filter(_.lost_on.notnull())
    short = _.first_day.truncate("M") == _.lost_on.truncate("M")
    parts = [
        _counted(spells, "first_day", began=_.count()),
        _counted(lost.filter(_.came_back_on.notnull()), "came_back_on", returned=_.count()),
        _counted(spells, "last_day", seen=_.count(), undecided=_.lost_on.isnull().sum()),
        _counted(
            lost,
            "lost_on",
            lost=_.count(),
            short=short.sum(),
            lost_minor=_.yearly_minor.sum(),
            came_back=_.came_back_on.count(),
        ),
    ]
    sums = {name: _[name].sum().cast("int64") for name in SUMS}
    return ibis.union(*parts).group_by("month").agg(**sums)


def _counted(spells: ibis.Table, day: str, **sums: Any) -> ibis.Table:
    """Return the counts by the month of a day, and 0 for every other one of SUMS."""
    found = spells.group_by(month=spells[day].truncate("M").cast("date")).agg(**sums)
    every = {
        name: found[name].cast("int64") if name in sums else ibis.literal(0, "int64")
        for name in SUMS
    }
    return found.select("month", **every)


def of_year(spells: ibis.Table, *, start: date, end: date) -> ibis.Table:
    """Return one row: customers on `start`, how many of them were lost before `end`, their sums."""
    there = spells.filter((_.first_day < start) & (_.lost_on.isnull() | (_.lost_on >= start)))
    lost = (_.lost_on < end).fill_null(False)
    value = _.yearly_minor.cast("float64")
    return there.agg(
        customers=_.count(),
        lost=lost.sum().fill_null(0),
        lost_minor=value.sum(where=lost).fill_null(0),
        squares=(value * value).sum(where=lost).fill_null(0),
        all_minor=value.sum().fill_null(0),
        back=(_.came_back_on < end).sum(where=lost).fill_null(0),
    )


def comebacks(spells: ibis.Table) -> ibis.Table:
    """Return one row: how many came back, and within how many days nine in ten of them did."""
    days = spells.came_back_on.delta(spells.lost_on, unit="day")
    back = spells.filter(_.lost_on.notnull() & _.came_back_on.notnull()).mutate(days=days)
    return back.agg(n=_.count(), days=_.days.cast("float64").quantile(COMEBACKS_SEEN))


def at_end(spells: ibis.Table) -> ibis.Table:
    """Return one row: customers not lost as of the last day, and their yearly value."""
    here = spells.filter(_.lost_on.isnull())
    return here.agg(customers=_.count(), yearly_minor=_.yearly_minor.sum().fill_null(0))


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of losses; `customers` are those on its first day."""

    month: date
    customers: int
    lost: int
    short: int
    lost_minor: int
    came_back: int
    returned: int  # customers who began again in this month
    provisional: bool


def months(
    rows: Iterable[Mapping[str, Any]], *, as_of: date, settle_days: float, by_undecided: bool
) -> list[Month]:
    """Return every month from the first to the one of `as_of`, with who was there at its start.

    Provisional is the running month, and one so recent that its losses may still change:
    fewer than `settle_days` have passed since, or too many are still undecided.
    """
    known = {row["month"]: row for row in rows if row["month"] <= as_of}
    if not known:
        return []
    found: list[Month] = []
    customers, month = 0, min(known)
    while month <= as_of:
        row: Mapping[str, Any] = known.get(month, dict.fromkeys(SUMS, 0))
        end = following(month)
        open_ = by_undecided and row["undecided"] > (1 - DECIDED) * row["seen"]
        late = (as_of - end).days + 1 < settle_days
        found.append(
            Month(
                month=month,
                customers=customers,
                lost=row["lost"],
                short=row["short"],
                lost_minor=row["lost_minor"],
                came_back=row["came_back"],
                returned=row["returned"],
                provisional=end > as_of + timedelta(1) or late or open_,
            )
        )
        customers += row["began"] - row["lost"]
        month = end
    return found


def following(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def year_before(end: date) -> date:
    """Return the day twelve months before the first day of a month."""
    return end.replace(year=end.year - 1)


def whole_months_end(as_of: date) -> date:
    """Return the first day after the last month that is over."""
    tomorrow = as_of + timedelta(1)
    return tomorrow.replace(day=1)


def cost_of_churn(lost: float, yearly: float) -> float:
    """Return customers lost × value of one a year."""
    return lost * yearly


def lifetime_lost(*, lifetime: float, customers: float, churn: float, margin: float) -> float:
    """Return lifetime value × customers × churn rate × margin.

    Args:
        lifetime: revenue of one customer over the whole relation.
        customers: number of customers.
        churn: share lost in a year.
        margin: share of revenue.
    """
    return lifetime * customers * churn * margin


def years_with_us(churn: float) -> float:
    """Return N = 1 / churn, the length of a relation; infinite where nobody leaves."""
    return 1 / churn if churn > 0 else math.inf


def rate(lost: int, customers: int, *, level: float) -> intervals.Estimate | None:
    """Return the share lost with Wilson's interval; None for fewer than FEW customers."""
    return intervals.wilson(lost, customers, level=level) if customers >= FEW else None
