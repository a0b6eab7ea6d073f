"""Forecasts of each customer with prediction intervals.

An interval at level 0.8 means: of customers with such a history, at least about 80 in 100 will end
between low and high. It covers chance (when and whether they buy, how much they spend), what is
unknown of the customer (rate, dropout, whether still alive, level of spend) and the error of the
fitted parameters (delta method). Chance dominates: the expectation itself is known far better.

How: the probability of no purchase is exact. The positive part is taken as lognormal, with the
exact mean and variance of the number of (discounted) purchases of an alive customer; this is a
closed form, so a million customers take a moment. How often the intervals hold is measured in
`benchmarks/predictions.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime.estimates import check_level
from mainstay.analysis.lifetime.future import Moments, Span
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.numerics.arrays import Floats, positive
from mainstay.analysis.numerics.chunks import filled
from mainstay.analysis.numerics.distinct import Pairs, distinct_pairs
from mainstay.analysis.numerics.special import normal_quantile

ALL = slice(None)


class Forecast(NamedTuple):
    """The expectation of each customer and the bounds of the prediction interval."""

    mean: Floats
    low: Floats
    high: Floats


class Positive(NamedTuple):
    """A lognormal for what a customer who buys at all will reach, and how sure a purchase is."""

    median: Floats
    log_variance: Floats
    probability: Floats  # of at least one purchase


@dataclass(frozen=True)
class Base:
    """Customers under a fitted model: what all their forecasts share."""

    model: PurchaseModel
    x: Floats
    t_x: Floats
    T: Floats
    pairs: Pairs
    alive: Floats

    @classmethod
    def of(cls, model: PurchaseModel, x: Floats, t_x: Floats, T: Floats) -> Base:
        """Return the base of checked customers."""
        return cls(model, x, t_x, T, distinct_pairs(x, T), model.alive(x, t_x, T))

    def future(self, span: Span) -> Moments:
        """Return the moments of each distinct pair of x and T, had the customer survived."""
        return self.model.future(self.pairs, span)

    def certain(self, horizon: float) -> Floats:
        """Return for each pair P(at least one purchase | alive)."""
        return self.model.certain(self.pairs, horizon)

    def parameter_variance(self, slopes: Floats, part: slice) -> Floats:
        """Return the variance of the log expectation that the fitted parameters cause."""
        g = self.log_slopes(slopes, part)
        return np.asarray((g * (np.array(self.model.log_covariance) @ g)).sum(axis=0))

    def each(self, forecast: Callable[[slice], tuple[Floats, Floats, Floats]]) -> Forecast:
        """Return the forecasts of all customers from those of consecutive ones."""

        def piece(part: slice) -> Floats:
            mean, low, high = forecast(part)
            return np.stack([mean, np.minimum(low, mean), np.maximum(high, mean)])

        return Forecast(*filled(3, self.x.size, piece))

    def log_slopes(self, slopes: Floats, part: slice = ALL) -> Floats:
        """Return the slopes of the log expectation by the log parameters: a row for each."""
        g = np.take(slopes, self.pairs.place[part], axis=1)
        if self.model.dropout:
            g += self.model.alive_slopes(self.x[part], self.t_x[part], self.T[part])
        return g


def purchases(base: Base, *, t: float, level: float) -> Forecast:
    """Return the purchases expected in (T, T + t], with intervals in whole purchases."""
    check_level(level)
    span = Span(positive("t", t, zero=True), 0.0)
    future = base.future(span)
    if span.empty:
        return nothing(base)
    certain = base.certain(span.horizon)
    average = future.mean / certain
    spread = np.log(np.maximum(future.second / certain / average**2, 1.0))
    table = np.stack([future.mean, average * np.exp(-0.5 * spread), spread, certain])

    def piece(part: slice) -> tuple[Floats, Floats, Floats]:
        mean, median, variance, sure = np.take(table, base.pairs.place[part], axis=1)
        variance += base.parameter_variance(future.slopes, part)
        alive = base.alive[part]
        low, high = bounds(Positive(median, variance, alive * sure), level)
        whole = np.where(low > 0, np.maximum(np.rint(low), 1), 0)
        return alive * mean, whole, np.ceil(np.maximum(high - 0.5, 0))

    return base.each(piece)


def nothing(base: Base) -> Forecast:
    """Return the forecast over no time."""
    return Forecast(*np.zeros((3, base.x.size)))


def bounds(part: Positive, level: float) -> tuple[Floats, Floats]:
    """Return both ends of an interval that holds what will be with a probability of level.

    It is central, as much beyond one end as beyond the other. Where no purchase is too likely for
    that, it begins at 0, and all that it leaves out lies above.
    """
    tail, deviation = 0.5 - level / 2, np.sqrt(part.log_variance)
    low = _quantile(tail, part.median, deviation, part.probability)
    above = np.where(low > 0, tail, 2 * tail)
    return low, _quantile(1.0 - above, part.median, deviation, part.probability)


def _quantile(u: Floats | float, median: Floats, deviation: Floats, sure: Floats) -> Floats:
    value = np.zeros_like(median)
    beyond = u - 1.0 + sure
    reached = np.flatnonzero(beyond > 0)  # elsewhere, no purchase is likely enough
    above = beyond[reached] / sure[reached]
    value[reached] = median[reached] * np.exp(deviation[reached] * normal_quantile(above))
    return value
