"""Pareto and ABC: customers ranked by revenue, classed by cumulative share."""

from typing import NamedTuple

import ibis
from ibis import _


class Bounds(NamedTuple):
    """The revenue in minor units down to which customers are in class A and in class B."""

    a: int
    b: int


def ranked(facts: ibis.Table) -> ibis.Table:
    """Return the facts with revenue_rank and through_minor.

    through_minor is the revenue above zero of this customer and all that make as much or more;
    customers with equal revenue share both. So the amounts are ranked, each once, not the
    customers: fewer rows to sort, and on a cluster fewer that have to meet on one machine.
    """
    amounts = facts.group_by("revenue_minor").agg(alike=_.count())
    largest_first = ibis.cumulative_window(order_by=ibis.desc("revenue_minor"))
    ranks = amounts.select(
        "revenue_minor",
        revenue_rank=(_.alike.sum().over(largest_first) - _.alike + 1).cast("int64"),
        through_minor=(_.revenue_minor.clip(lower=0) * _.alike)
        .sum()
        .over(largest_first)
        .cast("int64"),
    )
    return facts.inner_join(ranks, "revenue_minor")


def bounds(ranked: ibis.Table, *, a: float, b: float) -> ibis.Table:
    """Return one row with total_minor and the bounds a and b of the classes (see `Bounds`)."""
    total = ranked.through_minor.max()
    return ranked.agg(
        total_minor=total,
        a=ranked.revenue_minor.max(where=ranked.through_minor >= a * total.as_scalar()),
        b=ranked.revenue_minor.max(where=ranked.through_minor >= b * total.as_scalar()),
    )


def classed(ranked: ibis.Table, *, total_minor: int, bounds: Bounds) -> ibis.Table:
    """Return the ranked facts with revenue_share_cum and abc_class; no class without revenue.

    Class A ends with the customer that carries the cumulative share to its bound, B likewise.
    """
    if total_minor <= 0:
        unknown = ibis.null("float64"), ibis.null("string")
        return ranked.mutate(revenue_share_cum=unknown[0], abc_class=unknown[1])
    earns = _.revenue_minor > 0
    return ranked.mutate(
        revenue_share_cum=_.through_minor / float(total_minor),
        abc_class=ibis.cases(
            (earns & (_.revenue_minor >= bounds.a), "A"),
            (earns & (_.revenue_minor >= bounds.b), "B"),
            else_="C",
        ),
    )


def curve(classed: ibis.Table, *, customers: int, points: int = 100) -> ibis.Table:
    """Return revenue_rank and revenue_share_cum at about `points` places along the curve."""
    step = max(1, customers // points)
    places = classed.mutate(place=(_.revenue_rank - 1) // step)
    return (
        places.group_by("place")
        .agg(revenue_rank=_.revenue_rank.max(), revenue_share_cum=_.revenue_share_cum.max())
        .order_by("place")
        .drop("place")
    )


def by_class(classed: ibis.Table) -> ibis.Table:
    """Return customers, revenue_minor and least revenue of each class."""
    return (
        classed.filter(_.abc_class.notnull())
        .group_by("abc_class")
        .agg(
            customers=_.count(),
            revenue_minor=_.revenue_minor.sum().cast("int64"),
            least_minor=_.revenue_minor.min(),
        )
        .order_by("abc_class")
    )
