"""Customer lifetime value: the spend of future purchases, discounted, with prediction intervals.

Value = margin * E[discounted purchases] * E[spend per purchase], over a finite horizon or for ever.
Purchases are discounted continuously from the end of the observation. For ever needs a positive
rate: without discounting, a customer who may never leave is worth an infinite amount.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import forecast, purchase_model
from mainstay.analysis.lifetime.estimates import check_level
from mainstay.analysis.lifetime.forecast import Base, Forecast, Positive
from mainstay.analysis.lifetime.future import Moments, Span
from mainstay.analysis.lifetime.gamma_gamma import GammaGamma
from mainstay.analysis.lifetime.purchase_model import PurchaseModel, customers
from mainstay.analysis.numerics.arrays import Floats, finite, positive, same_length
from mainstay.analysis.numerics.special import digamma, trigamma


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How value is reckoned; time in the unit of T."""

    horizon: float | None  # None: for ever
    rate: float  # continuous discount rate per unit of time, see continuous_rate
    margin: float = 1.0  # the part of spend that is value, such as the gross margin
    level: float = 0.95

    def span(self) -> Span:
        """Return horizon and rate, or raise ValueError with a sentence."""
        check_level(self.level)
        positive("margin", self.margin, zero=True)
        return purchase_model.span(self.horizon, self.rate)


@dataclass(frozen=True)
class Scores:
    """Everything forecast of each customer."""

    alive: Floats
    purchases: Forecast
    average: Floats  # expected spend per purchase
    value: Forecast


def continuous_rate(yearly: float, *, year: float = 365.25) -> float:
    """Return the continuous rate per unit of time of a yearly rate (0.10 for ten per cent)."""
    return float(np.log1p(positive("yearly", yearly, zero=True)) / positive("year", year))


def discounted_purchases(
    model: PurchaseModel,
    *,
    terms: Terms,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
) -> Floats:
    """Return the expected discounted number of residual purchases of each customer."""
    base = Base.of(model, *customers(frequency, recency, T))
    return base.alive * base.pairs.spread(base.future(terms.span()).mean)


def score(  # noqa: PLR0913 - the two models, the terms and one array per sufficient statistic
    model: PurchaseModel,
    spend: GammaGamma,
    *,
    t: float,
    terms: Terms,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    monetary: ArrayLike,
) -> Scores:
    """Return P(alive), purchases in the next t and discounted value, with intervals."""
    x, t_x, length = customers(frequency, recency, T)
    m = finite("monetary", monetary)
    same_length(frequency=x, monetary=m)
    base = Base.of(model, x, t_x, length)
    average = spend.average(x, m)
    bought = forecast.purchases(base, t=t, level=terms.level)
    return Scores(base.alive, bought, average, _value(base, spend, m, average, terms))


def _value(base: Base, spend: GammaGamma, m: Floats, average: Floats, terms: Terms) -> Forecast:
    span = terms.span()
    future = base.future(span)
    if span.empty or terms.margin == 0:
        return forecast.nothing(base)
    certain = base.certain(span.horizon)
    log_median, spread = _positive_part(base, spend, future, certain)
    table = np.stack([future.mean, np.exp(log_median), spread, certain])

    def piece(part: slice) -> tuple[Floats, Floats, Floats]:
        mean, median, variance, sure = np.take(table, base.pairs.place[part], axis=1)
        variance += base.parameter_variance(future.slopes, part)
        variance += spend.parameter_variance(base.x[part], m[part])
        alive = base.alive[part]
        spent = terms.margin * (spend.v + base.x[part] * np.maximum(m[part], 0.0))
        positive_part = Positive(spent * median, variance, alive * sure)
        low, high = forecast.bounds(positive_part, terms.level)
        return terms.margin * average[part] * alive * mean, low, high

    return base.each(piece)


def _positive_part(
    base: Base, spend: GammaGamma, future: Moments, certain: Floats
) -> tuple[Floats, Floats]:
    """Return log median (per unit of v + x m) and log variance of positive value, for each pair.

    The spend level is p (v + x m) / Gamma(px + q), whose logarithm always has a mean and a
    variance, unlike the level itself for small q.
    """
    bought = future.mean / certain
    counted = future.second / certain / bought**2 - 1.0
    amounts = future.squared_weights / certain / bought**2 / spend.p
    number = np.log1p(np.maximum(counted, 0.0) + amounts)
    shape = spend.p * base.pairs.x + spend.q
    log_median = np.log(bought) - 0.5 * number + np.log(spend.p) - digamma(shape)
    return log_median, number + trigamma(shape)
