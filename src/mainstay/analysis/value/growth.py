"""Does a customer bring more with every year of the relationship? Measured on the same customers.

Year y is compared with year y + 1 over everybody who has lived through both, those who left
included, so that nothing is due to who is counted. The change is split without remainder
(logarithmic mean Divisia): margin per customer = share that buys × purchases of a buyer × units of
a purchase × revenue of a unit × margin of revenue.
"""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import ibis
from ibis import _

from mainstay.analysis.numerics import intervals

FACTORS = ("buying", "purchases", "units", "price", "margin")
SUMS = ("active", "purchases", "units", "revenue_minor", "margin_minor", "squares")


def by_year(lives: ibis.Table) -> ibis.Table:
    """Return one row per year of life: sums over whoever has lived through it (`now_…`), and over
    whoever has lived through the next one too (`next_…`), with the products of both years.

    Args:
        lives: from `cohorts.lives`.
    """
    placed = lives.mutate(
        units=lives.units if "units" in lives.columns else ibis.literal(0.0),
        year=_.age // 12,
        whole=_.months // 12,
    ).filter(_.year < _.whole)
    each = placed.group_by("customer_id", "year", "whole").agg(
        purchases=_.purchases.sum(),
        units=_.units.sum(),
        revenue_minor=_.revenue_minor.sum(),
        margin_minor=_.margin_minor.sum().cast("float64"),
    )
    window = ibis.window(group_by="customer_id", order_by="year")
    before = ibis.cases(
        (_.year.lag().over(window) == _.year - 1, _.margin_minor.lag().over(window))
    )
    rows = each.mutate(
        before=before.fill_null(0.0),
        active=(_.purchases > 0).cast("int64"),
        squares=_.margin_minor * _.margin_minor,
    )
    again = _.year + 1 < _.whole
    sums = {f"now_{name}": _[name].sum().cast("float64") for name in SUMS}
    sums |= {f"next_{name}": _[name].sum(where=again).fill_null(0).cast("float64") for name in SUMS}
    return rows.group_by("year").agg(product=(_.margin_minor * _.before).sum(), **sums)


def whole_years(lives: ibis.Table) -> ibis.Table:
    """Return how many customers have lived through how many whole years."""
    begun = lives.filter(_.age == 0)
    return begun.group_by(whole=_.months // 12).agg(customers=_.count())


class Step(NamedTuple):
    """From one year of the relationship to the next; money per customer in minor units."""

    year: int  # the later one, from 2
    customers: int
    before: float
    after: float
    change: intervals.Estimate | None
    parts: dict[str, float] | None  # by FACTORS, summing to the change; None where not defined


def steps(
    years: Iterable[Mapping[str, Any]],
    lived: Iterable[Mapping[str, Any]],
    *,
    level: float = 0.95,
) -> list[Step]:
    """Return each step from a year to the next through which somebody has lived."""
    rows = {row["year"]: row for row in years}
    through = {row["whole"]: row["customers"] for row in lived}
    found = []
    for year in range(1, max(through, default=0)):
        n = sum(count for whole, count in through.items() if whole > year)
        old, new = _sums(rows.get(year - 1), "next"), _sums(rows.get(year), "now")
        product = rows[year]["product"] if year in rows else 0.0
        change = _difference(n, old, new, product, level)
        before, after = old["margin_minor"] / n, new["margin_minor"] / n
        parts = split(_factors(n, old), _factors(n, new))
        found.append(Step(year + 1, n, before, after, change, parts))
    return found


def _sums(row: Mapping[str, Any] | None, which: str) -> dict[str, float]:
    return {name: float(row[f"{which}_{name}"]) if row else 0.0 for name in SUMS}


def _difference(
    n: int, old: Mapping[str, float], new: Mapping[str, float], product: float, level: float
) -> intervals.Estimate | None:
    """Return the mean change of the same customers, from sums of both years."""
    squares = old["squares"] + new["squares"] - 2 * product
    return intervals.mean(n, new["margin_minor"] - old["margin_minor"], squares, level=level)


def _factors(n: int, sums: Mapping[str, float]) -> dict[str, float]:
    """Return the factors whose product is the margin per customer; without units, price holds
    the spend of a purchase."""
    units = sums["units"] if sums["units"] > 0 else sums["purchases"]
    chain = [n, sums["active"], sums["purchases"], units, sums["revenue_minor"]]
    chain.append(sums["margin_minor"])
    ratios = [b / a if a else 0.0 for a, b in pairwise(chain)]
    return dict(zip(FACTORS, ratios, strict=True))


def split(old: Mapping[str, float], new: Mapping[str, float]) -> dict[str, float] | None:
    """Return what each factor adds to the change of the product; None unless all are above 0.

    >>> split({"buyers": 2.0, "spend": 10.0}, {"buyers": 4.0, "spend": 10.0})
    {'buyers': 20.0, 'spend': 0.0}
    """
    if min(*old.values(), *new.values()) <= 0:
        return None
    before, after = math.prod(old.values()), math.prod(new.values())
    same = math.isclose(before, after, rel_tol=1e-12)
    weight = before if same else (after - before) / math.log(after / before)
    return {name: weight * math.log(new[name] / old[name]) for name in old}
