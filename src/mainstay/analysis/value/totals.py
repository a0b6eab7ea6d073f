"""What a summary says of the customers, as expressions over them."""

from collections.abc import Sequence

import ibis
from ibis import _

AT_RISK_BELOW = 0.5  # P(alive) under which a customer of class A or B counts as at risk
MARKS = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
YEAR = 365.25  # days


def totals(facts: ibis.Table) -> ibis.Table:
    """Return one row: n, first_day, last_day, occasions, repeaters, revenue, costs where known."""
    known = ("cost_minor", "costed_minor")
    return facts.agg(
        n=_.count(),
        first_day=_.first_day.min(),
        last_day=_.last_day.max(),
        occasions=_.occasions.sum().cast("int64"),
        repeaters=_.count(where=_.occasions > 1),
        revenue_minor=_.revenue_minor.sum().cast("int64"),
        **{n: facts[n].sum().fill_null(0).cast("int64") for n in known if n in facts.columns},
    )


def births(facts: ibis.Table) -> ibis.Table:
    """Return day and occasions: how many customers bought for the first time on each day."""
    return facts.group_by(day=_.first_day).agg(occasions=_.count()).order_by("day")


def by_segment(customers: ibis.Table) -> ibis.Table:
    """Return customers and revenue_minor of each segment."""
    sums = {"customers": _.count(), "revenue_minor": _.revenue_minor.sum().cast("int64")}
    return customers.group_by("segment").agg(**sums)


def expected(customers: ibis.Table) -> ibis.Table:
    """Return one row: sums of the forecasts, and quantiles of value at MARKS."""
    sums = {"alive": customers.p_alive.sum(), "purchases_12m": customers.expected_12m.sum()}
    if "clv_minor" in customers.columns:
        sums["value"] = customers.clv_minor.sum().cast("int64")
        sums["n"] = customers.count()
        sums["marks"] = customers.clv_minor.quantile(MARKS)
    return customers.agg(**sums)


def above(customers: ibis.Table, edges: Sequence[float]) -> ibis.Table:
    """Return one row: how many reach each inner edge (e1, e2 …), and more than the last."""
    worth = customers.clv_minor
    inner = enumerate(edges[1:-1], start=1)
    counts = {f"e{place}": customers.count(where=worth >= edge) for place, edge in inner}
    return customers.agg(n=_.count(), above=customers.count(where=worth > edges[-1]), **counts)


def at_risk(customers: ibis.Table) -> ibis.Table:
    """Return one row: customers of classes A and B that are probably lost, and what they bring.

    yearly_minor is the revenue per year of their time with us, at least one year each.
    """
    lost = customers.filter(_.abc_class.isin(["A", "B"]) & (_.p_alive < AT_RISK_BELOW))
    years = ibis.greatest(_.tenure_days / YEAR, 1.0)
    return lost.agg(
        customers=_.count(),
        revenue_minor=_.revenue_minor.sum().fill_null(0).cast("int64"),
        yearly_minor=(_.revenue_minor / years).sum().fill_null(0.0),
    )
