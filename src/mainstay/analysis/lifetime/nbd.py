"""NBD: purchases at a constant rate, rates Gamma(r, alpha) over customers, nobody drops out.

Ehrenberg (1959). The fallback where the data show no dropout. The log-likelihood is that of the
purchase times, so that it compares with BG/NBD's on the same customers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.counting import negative_binomial
from mainstay.analysis.lifetime.estimates import NotEstimable, parameter_covariance
from mainstay.analysis.lifetime.future import Heterogeneity, Moments, Span, of_pairs
from mainstay.analysis.lifetime.prior import USED, Prior, Pull, pull
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.lifetime.purchasing import (
    MEAN_LENGTH,
    exceedances,
    never_lost,
    on_log_scale,
)
from mainstay.analysis.numerics.arrays import Floats, Histories, histories
from mainstay.analysis.numerics.distinct import Pairs
from mainstay.analysis.numerics.newton import Optimum, maximise

LOWEST, HIGHEST = np.log([1e-6, 1e-8]), np.log([1e4, 1e9])
ALIKE = "Purchase rates do not differ between customers by more than chance."


@dataclass(frozen=True, kw_only=True)
class Nbd(PurchaseModel):
    """Fitted NBD; alpha has the unit of T."""

    NAMES: ClassVar[tuple[str, ...]] = ("r", "alpha")
    SCALED: ClassVar[tuple[str, ...]] = ("alpha",)

    r: float
    alpha: float
    dropout: bool = False

    def alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return 1 for every customer: the model knows no dropout."""
        return np.ones_like(x)

    def alive_slopes(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return 0: nothing changes that."""
        return np.zeros((2, x.size))

    def future(self, pairs: Pairs, span: Span) -> Moments:
        """Return the moments of the discounted purchases of each customer."""
        found = of_pairs(Heterogeneity(self.r, self.alpha, 0.0, 1.0), pairs, span)
        return found._replace(slopes=found.slopes[:2])

    def means(self, pairs: Pairs, times: Floats) -> Floats:
        """Return the pooled rate times each of the times."""
        return np.multiply.outer(times, (self.r + pairs.x) / (self.alpha + pairs.T))

    def certain(self, pairs: Pairs, horizon: float) -> Floats:
        """Return P(at least one purchase)."""
        ages = self.alpha + pairs.T
        return np.asarray(-np.expm1(-(self.r + pairs.x) * np.log1p(horizon / ages)))

    def counted(self, pairs: Pairs, t: float, most: int) -> Floats:
        """Return P(n purchases within t), a negative binomial."""
        return negative_binomial(self.r + pairs.x, self.alpha + pairs.T, t, most)


def fit(
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    weights: ArrayLike | None = None,
    prior: Prior | None = None,
) -> Nbd:
    """Return the maximum-likelihood NBD, or raise ValueError with a sentence."""
    return fit_histories(histories(frequency, recency, T, weights), prior)


def fit_histories(h: Histories, prior: Prior | None = None) -> Nbd:
    """Return the maximum-likelihood NBD of checked histories."""
    unit = time_unit(h)
    scaled = h.in_units_of(unit)
    believed = pull(prior, Nbd, unit)
    optimum = maximum(scaled, believed)
    r, alpha = np.exp(optimum.point)
    value = optimum.value - believed.log_density(optimum.point)
    notes = (USED if prior else "", ALIKE if optimum.point[0] >= HIGHEST[0] else "")
    return Nbd(
        r=float(r),
        alpha=float(alpha * unit),
        log_likelihood=float(value - h.total(h.x) * np.log(unit)),
        n=h.n,
        log_covariance=parameter_covariance(optimum),
        note=" ".join(filter(None, notes)),
    )


def maximum(scaled: Histories, believed: Pull | None = None) -> Optimum:
    """Return the maximum over (log r, log alpha), time already scaled."""
    more_than = exceedances(scaled)

    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        both = np.exp(point)
        return on_log_scale(both, *never_lost(both[0], both[1], scaled, more_than))

    rate = scaled.total(scaled.x) / scaled.total(scaled.T)
    start = np.log([0.5, 0.5 / rate])
    climbed = objective if believed is None else believed.added(objective)
    return maximise(climbed, start, LOWEST, HIGHEST)


def time_unit(h: Histories) -> float:
    """Return the unit in which the mean length is MEAN_LENGTH, or raise NotEstimable."""
    if h.x.size == 0 or h.n == 0:
        raise NotEstimable("There are no customers, so there is nothing to estimate.")
    if h.x.size == 1 and h.n <= 1:
        raise NotEstimable(
            "There is only one customer, so it cannot be seen how customers differ. Give the"
            " histories of many; a few hundred make a fit worth having."
        )
    if h.total(h.x) == 0:
        raise NotEstimable(
            "No customer has bought a second time, so a rate of purchasing cannot be estimated."
            " Wait for repeat purchases or choose a longer period."
        )
    mean = h.total(h.T) / h.n
    if mean == 0:
        raise NotEstimable(
            "Every customer was observed for a time of 0, so a rate of purchasing cannot be"
            " estimated. Choose a later end of the observation."
        )
    return mean / MEAN_LENGTH
