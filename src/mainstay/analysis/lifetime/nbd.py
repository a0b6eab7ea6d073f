"""NBD: purchases at a constant rate, rates Gamma(r, alpha) over customers, nobody drops out.

Ehrenberg (1959). The fallback where the data show no dropout. The log-likelihood is that of the
purchase times, so that it compares with BG/NBD's on the same customers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.estimates import Fitted, NotEstimable, parameter_covariance
from mainstay.analysis.lifetime.purchasing import (
    MEAN_LENGTH,
    exceedances,
    never_lost,
    on_log_scale,
)
from mainstay.analysis.numerics.arrays import (
    Floats,
    Histories,
    broadcast,
    check_order,
    counts,
    histories,
    numbers,
)
from mainstay.analysis.numerics.newton import Optimum, maximise

LOWEST, HIGHEST = np.log([1e-6, 1e-8]), np.log([1e4, 1e9])
ALIKE = "Purchase rates do not differ between customers by more than chance."


@dataclass(frozen=True, kw_only=True)
class Nbd(Fitted):
    """Fitted NBD; alpha has the unit of T."""

    NAMES: ClassVar[tuple[str, ...]] = ("r", "alpha")

    r: float
    alpha: float

    def probability_alive(
        self, *, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Floats:
        """Return 1 for every customer: the model knows no dropout."""
        x, _, _ = customers(frequency, recency, T)
        return np.ones_like(x)

    def expected_purchases(
        self, *, t: float, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Floats:
        """Return E[purchases in (T, T + t]] of each customer."""
        x, _, length = customers(frequency, recency, T)
        return (self.r + x) / (self.alpha + length) * t

    def population_purchases(self, t: ArrayLike) -> Floats:
        """Return E[X(t)] of a customer chosen at random at the first purchase."""
        return np.asarray(self.r / self.alpha * numbers("t", t))


def fit(
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    weights: ArrayLike | None = None,
) -> Nbd:
    """Return the maximum-likelihood NBD, or raise ValueError with a sentence."""
    h = histories(frequency, recency, T, weights)
    unit = time_unit(h)
    scaled = h.in_units_of(unit)
    optimum = maximum(scaled)
    r, alpha = np.exp(optimum.point)
    return Nbd(
        r=float(r),
        alpha=float(alpha * unit),
        log_likelihood=float(optimum.value - h.total(h.x) * np.log(unit)),
        n=h.n,
        log_covariance=parameter_covariance(optimum),
        note=ALIKE if optimum.point[0] >= HIGHEST[0] else "",
    )


def maximum(scaled: Histories) -> Optimum:
    """Return the maximum over (log r, log alpha), time already scaled."""
    more_than = exceedances(scaled)

    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        both = np.exp(point)
        return on_log_scale(both, *never_lost(both[0], both[1], scaled, more_than))

    rate = scaled.total(scaled.x) / scaled.total(scaled.T)
    start = np.log([0.5, 0.5 / rate])
    return maximise(objective, start, LOWEST, HIGHEST)


def time_unit(h: Histories) -> float:
    """Return the unit in which the mean length is MEAN_LENGTH, or raise NotEstimable."""
    if h.x.size == 0 or h.n == 0:
        raise NotEstimable("There are no customers, so there is nothing to estimate.")
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


def customers(
    frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Return checked frequency, recency and T; single values are stretched to the longest."""
    x, t_x, length = broadcast(
        frequency=counts("frequency", frequency),
        recency=numbers("recency", recency),
        T=numbers("T", T),
    )
    check_order(x, t_x, length)
    return x, t_x, length
