"""Net lifetime value: future purchases and recommendations, less the cost to serve.

    net = CLV + rate of recommending * years * worth of a newcomer - yearly cost to serve * years

where years are the discounted years of activity still expected: P(alive) times the discounted
purchases of the horizon over those of the first year. Who recommends how often is an NBD over the
customers' years (Ehrenberg 1959): whoever has recommended us is expected to do so again, and the
few years of a new customer do not count for much. What winning the customer cost is spent; it
stands beside, and only newcomers still to be won would have to earn it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import nbd
from mainstay.analysis.numerics import intervals
from mainstay.analysis.numerics.arrays import Floats
from mainstay.analysis.numerics.intervals import Estimate

FEW = 10  # recommendations, or customers who came by one, under which nothing is forecast
LEAST_YEARS = 1 / 365.25


@dataclass(frozen=True)
class Giving:
    """How often customers recommend us: rates Gamma(r, alpha), alpha in years."""

    r: float
    alpha: float
    given: int
    customers: int
    years: float

    def rate(self, given: Floats, years: Floats) -> Floats:
        """Return the recommendations a year expected of each customer."""
        return np.asarray((self.r + given) / (self.alpha + years))


class Bought(NamedTuple):
    """What a valuation says of each customer; money in minor units."""

    p_alive: Floats
    expected_12m: Floats
    discounted: Floats  # purchases of the horizon: CLV over margin and average spend
    clv: Floats
    low: Floats
    high: Floats


class Net(NamedTuple):
    """Of each customer, in minor units; `years` of activity, discounted."""

    years: Floats
    recommended: Floats
    service: Floats
    net: Floats
    low: Floats
    high: Floats


def giving(given: ArrayLike, years: ArrayLike) -> Giving | None:
    """Return how often customers recommend us; None where too few have to say so.

    Args:
        given: recommendations of each customer so far.
        years: for how long each has been one.
    """
    counts, spans = np.asarray(given, float), np.maximum(np.asarray(years, float), LEAST_YEARS)
    if counts.sum() < FEW:
        return None
    last = np.where(counts > 0, spans, 0.0)
    model = nbd.fit(frequency=counts, recency=last, T=spans)
    return Giving(model.r, model.alpha, int(counts.sum()), counts.size, float(spans.sum()))


def worth_of_newcomer(clv: ArrayLike, *, level: float) -> Estimate | None:
    """Return the mean lifetime value of those who came by a recommendation; None for few."""
    values = np.asarray(clv, float)
    if values.size < FEW:
        return None
    total, squares = float(values.sum()), float((values**2).sum())
    return intervals.mean(values.size, total, squares, level=level)


def active_years(bought: Bought) -> Floats:
    """Return the discounted years of activity expected of each customer within the horizon."""
    first = np.where(bought.expected_12m > 0, bought.expected_12m, np.inf)
    return np.asarray(bought.p_alive * bought.discounted / first)


def net_value(  # noqa: PLR0913 - what a forecast consists of
    bought: Bought,
    *,
    service: Floats,
    given: Floats,
    tenure: Floats,
    giving: Giving | None,
    newcomer: Estimate | None,
    level: float,
) -> Net:
    """Return the net lifetime value of each customer with its interval.

    The interval joins that of the purchases, less what serving them costs, with the chance in the
    number of recommendations: the root of the sum of squares on each side.

    Args:
        service: cost to serve of the last year.
        given: recommendations so far; tenure: years as a customer.
        giving, newcomer: None where recommendations cannot be forecast; they count as nothing.
    """
    years = active_years(bought)
    expected, spread = np.zeros_like(years), np.zeros_like(years)
    if giving is not None and newcomer is not None:
        number = giving.rate(given, tenure) * years
        expected = number * newcomer.value
        spread = np.sqrt(number + number**2 / (giving.r + given)) * newcomer.value
    cost = service * years
    net = bought.clv + expected - cost
    kept = np.abs(1 - np.divide(cost, bought.clv, out=np.ones_like(cost), where=bought.clv >= 1))
    reach = intervals.two_sided(level) * spread
    down = np.hypot((bought.clv - bought.low) * kept, np.minimum(reach, expected))
    up = np.hypot((bought.high - bought.clv) * kept, reach)
    return Net(years, expected, cost, net, net - down, net + up)
