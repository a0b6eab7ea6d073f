"""What a new customer costs by channel, what one is worth, and when the money is back."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import ibis
from ibis import _

from mainstay.analysis.numerics import intervals

FEW = 20  # new customers under whom counts are told and no scores
NO_CHANNEL = 0  # the number under which customers without a channel or campaign stand
ORIGIN = ("channel", "campaign", "cohort")


def newcomers(customers: ibis.Table, channels: ibis.Table, *, margin: float) -> ibis.Table:
    """Return new customers by channel, campaign and month, with their worth and its squares.

    Args:
        customers: customer_id, first_day, revenue_minor, margin_minor and clv_minor.
        channels: customer_id, channel and campaign; who is not in it came by no known one.
        margin: share of revenue where the cost of a customer's lines is not known.

    Worth is the margin brought so far and the one still expected.
    """
    known = customers.left_join(channels, "customer_id").select(
        *customers.columns, "channel", "campaign"
    )
    brought = known.margin_minor.cast("float64").fill_null(
        known.revenue_minor.cast("float64") * margin
    )
    worth = brought + known.clv_minor.fill_null(0).cast("float64")
    return (
        known.mutate(worth=worth)
        .group_by(
            channel=_.channel.fill_null(NO_CHANNEL),
            campaign=_.campaign.fill_null(NO_CHANNEL),
            month=_.first_day.truncate("M").cast("date"),
        )
        .agg(customers=_.count(), worth=_.worth.sum(), squares=(_.worth * _.worth).sum())
    )


def returns(lives: ibis.Table, channels: ibis.Table, *, most: int = 60) -> ibis.Table:
    """Return the margin by channel, campaign, quarter of the first purchase and month of life.

    `squares` is by how much the sum of squares of the customers' cumulative margins grows in that
    month; so both sums, added up over the months, give mean and spread of the cumulative margin.

    Args:
        lives: from `cohorts.lives`.
        channels: customer_id, channel and campaign.
        most: months of life that are looked at.
    """
    ordered = ibis.window(group_by="customer_id", order_by="age", rows=(None, 0))
    margin = lives.margin_minor.cast("float64")
    summed = lives.mutate(margin=margin, reached=margin.sum().over(ordered)).filter(_.age < most)
    known = summed.left_join(channels, "customer_id")
    grown = known.margin * (2 * known.reached - known.margin)
    return (
        known.select("age", "months", "margin", grown=grown, **_origin(known))
        .filter(_.age < _.months)
        .group_by(*ORIGIN, "age")
        .agg(margin=_.margin.sum(), squares=_.grown.sum())
    )


def cohort_sizes(lives: ibis.Table, channels: ibis.Table) -> ibis.Table:
    """Return customers by channel, campaign and quarter, and the months all have lived through."""
    known = lives.filter(_.age == 0).left_join(channels, "customer_id")
    placed = known.select("months", **_origin(known))
    return placed.group_by(*ORIGIN).agg(customers=_.count(), months=_.months.min())


def _origin(known: ibis.Table) -> dict[str, Any]:
    return {
        "channel": known.channel.fill_null(NO_CHANNEL),
        "campaign": known.campaign.fill_null(NO_CHANNEL),
        "cohort": known.first_day.truncate("Q").cast("date"),
    }


def cac(cost: float, customers: int, *, level: float = 0.95) -> intervals.Estimate | None:
    """Return the cost of a new customer; the interval is that of a Poisson count.

    None for fewer than FEW new customers.

    >>> cac(50_000, 100).value
    500.0

    Raises:
        ValueError: the cost is negative.
    """
    if cost < 0:
        raise ValueError(f"The cost is {cost:g}. Give 0 or more; a refund lowers its own month.")
    if customers < FEW:
        return None
    n = intervals.count(customers, level=level)
    return intervals.Estimate(cost / n.value, cost / n.high, cost / n.low)


def ratio(
    *, customers: int, worth: float, squares: float, cost: float, level: float = 0.95
) -> intervals.Estimate | None:
    """Return LTV : CAC with an interval by the delta method on the logarithm.

    Uncertain are the mean worth (from its spread) and how many customers the money wins (Poisson).
    None for fewer than FEW customers, without a cost, or where the worth is not above zero.

    Args:
        customers: new customers.
        worth: sum of their worth.
        squares: sum of the squares of their worth.
        cost: what they cost together.
        level: of the interval.
    """
    if customers < FEW or cost <= 0 or worth <= 0:
        return None
    mean = worth / customers
    spread = intervals.variance_of_mean(customers, worth, squares) / mean**2 + 1 / customers
    reach = math.exp(intervals.two_sided(level) * math.sqrt(spread))
    value = worth / cost
    return intervals.Estimate(value, value / reach, value * reach)


class Payback(NamedTuple):
    """Months until the mean cumulative margin reaches the cost; None: not within `observed`."""

    months: int | None
    earliest: int | None
    latest: int | None
    observed: int
    customers: int


def payback(
    *,
    cost: float,
    customers: int,
    margins: Sequence[float],
    squares: Sequence[float],
    level: float = 0.95,
) -> Payback | None:
    """Return after how many months of life a new customer has paid back what it cost.

    The interval is where the bounds of the mean cumulative margin reach the cost.

    Args:
        cost: of one new customer.
        customers: in the cohort; all of them have lived through every month given.
        margins: their margin in each month of life.
        squares: growth of the sum of squares of their cumulative margins.
        level: of the interval.
    """
    if customers < FEW:
        return None
    reached: dict[str, int] = {}
    total = square = 0.0
    for month, (margin, grown) in enumerate(zip(margins, squares, strict=True), start=1):
        total, square = total + margin, square + grown
        estimate = intervals.mean(customers, total, square, level=level)
        if estimate is not None:
            for name, value in zip(estimate._fields, estimate, strict=True):
                if value >= cost:
                    reached.setdefault(name, month)
    months, earliest, latest = (reached.get(name) for name in ("value", "high", "low"))
    return Payback(months, earliest, latest, len(margins), customers)


def pooled(
    sizes: Iterable[Mapping[str, Any]], returns: Iterable[Mapping[str, Any]]
) -> tuple[int, list[float], list[float]]:
    """Return customers, margins and squares by month of life over cohorts taken as one.

    As far as the youngest of them has lived; cohorts none of whose months are over are left out.
    Rows belong together by what they have of channel, campaign and cohort.
    """
    taken = {_place(row): row for row in sizes if row["months"] > 0}
    if not taken:
        return 0, [], []
    months = min(row["months"] for row in taken.values())
    margins, squares = [0.0] * months, [0.0] * months
    for row in returns:
        if _place(row) in taken and row["age"] < months:
            margins[row["age"]] += row["margin"]
            squares[row["age"]] += row["squares"]
    return sum(row["customers"] for row in taken.values()), margins, squares


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ORIGIN)
