"""Gamma-Gamma: what customers spend per purchase, pooled between the customer and the base.

Fader & Hardie (2013), "The Gamma-Gamma model of monetary value". Spend per purchase varies as
Gamma(p, nu) around the customer's own level, nu as Gamma(q, v) over customers. x = number of
purchases behind the mean spend m; the first purchase is left out, as in BG/NBD.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.estimates import Fitted, NotEstimable, parameter_covariance
from mainstay.analysis.lifetime.independence import Correlation, correlation
from mainstay.analysis.lifetime.prior import USED, Prior, Pull, pull
from mainstay.analysis.lifetime.purchasing import on_log_scale
from mainstay.analysis.numerics.arrays import (
    Floats,
    broadcast,
    counts,
    dot,
    finite,
    numbers,
    same_length,
)
from mainstay.analysis.numerics.chunks import joined, over
from mainstay.analysis.numerics.distinct import distinct
from mainstay.analysis.numerics.newton import Optimum, maximise
from mainstay.analysis.numerics.special import digamma, log_gamma_rise, trigamma

LOWEST, HIGHEST = np.log([1e-4, 1e-4, 1e-9]), np.log([1e6, 1e6, 1e12])
STARTS = ((2.0, 3.0, 2.0), (20.0, 2.0, 0.1), (1.0, 20.0, 20.0))  # (p, q, v)
FIRST_LOOK = 20_000  # customers on which the search begins
LARGEST = 3.0  # E[level^2] / E[level]^2 credited to a level of spend without a variance
ALIKE = "Average spend does not differ between customers by more than chance."
STEADY = "Each customer spends the same at every purchase."
HEAVY = (
    "Average spend differs so widely between customers that the fitted distribution has no mean;"
    " customers without repeat purchases are given the observed average."
)


@dataclass(frozen=True, kw_only=True)
class GammaGamma(Fitted):
    """Fitted Gamma-Gamma; v has the unit of spend."""

    NAMES: ClassVar[tuple[str, ...]] = ("p", "q", "v")
    SCALED: ClassVar[tuple[str, ...]] = ("v",)

    p: float
    q: float
    v: float
    observed_mean: float  # of the customers' mean spends
    excluded: int = 0  # repeat customers with mean spend of 0 or less, left out of the fit
    correlation: Correlation  # of frequency and spend, which the model takes as independent

    @property
    def population_mean(self) -> float:
        """Return E[M] of a customer chosen at random; the observed mean where it is infinite."""
        if self.q <= 1:
            return self.observed_mean
        return self.p * self.v / (self.q - 1)

    def expected_average(self, *, frequency: ArrayLike, monetary: ArrayLike) -> Floats:
        """Return E[M | x, m], the mean spend per future purchase of each customer (equation 5).

        A mean spend of 0 or less lies outside the model and is taken as 0.
        """
        x, m = broadcast(
            frequency=counts("frequency", frequency), monetary=finite("monetary", monetary)
        )
        return self.average(x, m)

    def average(self, x: Floats, m: Floats) -> Floats:
        """Return E[M | x, m] of checked customers."""
        with np.errstate(divide="ignore", invalid="ignore"):
            pooled = self.p * (self.v + x * np.maximum(m, 0.0)) / (self.p * x + self.q - 1)
        heavy = self.p * x + self.q <= 1
        return np.where((x == 0) | heavy, np.where(x == 0, self.population_mean, m), pooled)

    def spread(self, x: Floats) -> Floats:
        """Return E[level^2] / E[level]^2 of the level of spend; where it has no end, LARGEST."""
        beyond = np.maximum(self.p * x + self.q - 2.0, 1.0 / (LARGEST - 1.0))
        return np.asarray(1.0 + 1.0 / beyond)

    def parameter_variance(self, x: Floats, m: Floats) -> Floats:
        """Return the variance of log E[M | x, m] that the fitted parameters cause."""
        covariance = np.array(self.log_covariance)

        def piece(part: slice) -> Floats:
            g = self.log_slopes(x[part], m[part])
            return np.asarray((g * (covariance @ g)).sum(axis=0))

        return joined(over(x.size, piece))

    def log_slopes(self, x: Floats, m: Floats) -> Floats:
        """Return the slopes of log E[M | x, m] by log p, log q and log v: three rows."""
        own = self.p * x
        whole = own + self.q - 1
        whole = np.where(whole > 0, whole, own + self.q)  # no mean: the error of the level
        by_v = self.v / (self.v + x * np.maximum(m, 0.0))
        return np.stack([1.0 - own / whole, -self.q / whole, by_v])


@dataclass(frozen=True)
class Spend:
    """Repeat customers: purchases x, mean spend m (scaled), weights, distinct x with counts."""

    x: Floats
    m: Floats
    weights: Floats
    distinct_x: Floats
    per_x: Floats

    @classmethod
    def of(cls, x: Floats, m: Floats, weights: Floats) -> Spend:
        """Return the sufficient statistics of these customers."""
        values, place = distinct(x)
        return cls(x, m, weights, values, np.bincount(place, weights=weights).astype(np.float64))

    def every(self, step: int) -> Spend:
        """Return each step-th customer."""
        return Spend.of(self.x[::step], self.m[::step], self.weights[::step])


def fit(
    *,
    frequency: ArrayLike,
    monetary: ArrayLike,
    weights: ArrayLike | None = None,
    prior: Prior | None = None,
) -> GammaGamma:
    """Return the maximum-likelihood Gamma-Gamma over customers with x > 0 and m > 0."""
    x, m = counts("frequency", frequency), finite("monetary", monetary)
    w = np.ones_like(x) if weights is None else numbers("weights", weights)
    same_length(frequency=x, monetary=m, weights=w)
    used = (x > 0) & (m > 0) & (w > 0)
    excluded = int(np.count_nonzero((x > 0) & ~(m > 0)))
    x, m, w = x[used], m[used], w[used]
    _check_variety(x, m)
    logs = np.log(m)
    unit = float(np.exp(dot(w, logs) / w.sum()))
    believed = pull(prior, GammaGamma, unit)
    optimum = _maximum(Spend.of(x, m / unit, w), believed)
    p, q, v = (float(value) for value in np.exp(optimum.point))
    return GammaGamma(
        p=p,
        q=q,
        v=v * unit,
        log_likelihood=float(optimum.value) - believed.log_density(optimum.point) - dot(w, logs),
        n=float(w.sum()),
        log_covariance=parameter_covariance(optimum),
        note=" ".join(filter(None, (USED if prior else "", _note(optimum, q)))),
        observed_mean=dot(w, m) / float(w.sum()),
        excluded=excluded,
        correlation=correlation(x, m, w),
    )


def log_likelihood(theta: Floats, s: Spend) -> tuple[float, Floats, Floats]:
    """Return the log-likelihood (plus sum of log m), gradient and Hessian by (p, q, v).

    Per customer, equation 1a: log Gamma(px + q) - log Gamma(px) - log Gamma(q) + q log v
    + px log(mx) - (px + q) log(mx + v) - log m; the gamma terms depend on x alone.
    """
    p, q, v = theta
    value, gradient, hessian = _gamma_terms(p, q, s)

    def piece(part: slice) -> Floats:
        x, w = s.x[part], s.weights[part]
        spent = s.m[part] * x
        whole = 1.0 / (spent + v)
        share, rest = np.log(spent * whole), np.log(v * whole)
        shape = p * x + q
        terms = np.stack([share * x, rest, shape * whole, x * whole, whole, shape * whole * whole])
        return np.asarray(np.einsum("ij,j->i", terms, w))

    shares, rests, shaped, by_x, inverse, curve = np.sum(over(s.x.size, piece), axis=0)
    n = float(s.weights.sum())
    value += p * shares + q * rests
    gradient += (shares, rests, n * q / v - shaped)
    hessian[2, 2] += curve - n * q / v**2
    hessian[0, 2] = hessian[2, 0] = -by_x
    hessian[1, 2] = hessian[2, 1] = n / v - inverse
    return value, gradient, hessian


def _gamma_terms(p: float, q: float, s: Spend) -> tuple[float, Floats, Floats]:
    """Return the sum of log Gamma(px + q) - log Gamma(px) - log Gamma(q) and its derivatives."""
    x, n = s.distinct_x, s.per_x
    own = p * x
    rise = log_gamma_rise(own, q) - log_gamma_rise(np.array([1.0]), q - 1.0)
    slope, slope_own, slope_q = digamma(own + q), digamma(own), digamma(np.array([q]))
    curve, curve_own, curve_q = trigamma(own + q), trigamma(own), trigamma(np.array([q]))
    gradient = np.array([n @ (x * (slope - slope_own)), n @ (slope - slope_q), 0.0])
    hessian = np.zeros((3, 3))
    hessian[0, 0] = n @ (x * x * (curve - curve_own))
    hessian[1, 1] = n @ (curve - curve_q)
    hessian[0, 1] = hessian[1, 0] = n @ (x * curve)
    return float(n @ rise), gradient, hessian


def _maximum(s: Spend, believed: Pull) -> Optimum:
    step = max(1, s.x.size // FIRST_LOOK)
    for start in STARTS:
        point = np.log(start)
        if step > 1:
            look = _search(s.every(step), point, believed)
            point = look.point if look.converged and look.free.all() else point
        found = _search(s, point, believed)
        if found.converged:
            return found
    return found


def _search(s: Spend, start: Floats, believed: Pull) -> Optimum:
    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        theta = np.exp(point)
        return on_log_scale(theta, *log_likelihood(theta, s))

    return maximise(believed.added(objective), start, LOWEST, HIGHEST)


def _check_variety(x: Floats, m: Floats) -> None:
    if x.size == 0:
        raise NotEstimable(
            "No customer has a repeat purchase with spend above 0, so spend per purchase cannot be"
            " modelled. Wait for repeat purchases or check the amounts."
        )
    if x.size == 1:
        raise NotEstimable(
            "Only one customer has repeat purchases with spend above 0, so it cannot be seen how"
            " customers differ. Give the averages of many."
        )
    if m.min() == m.max():
        raise NotEstimable(
            f"All customers with repeat purchases spend {m[0]:g} on average, so there is no"
            " difference between customers to model. Use that amount as it is."
        )


def _note(optimum: Optimum, q: float) -> str:
    at_top = optimum.point >= HIGHEST
    notes = (
        STEADY if at_top[0] else "",
        ALIKE if at_top[1] or at_top[2] else "",
        HEAVY if q <= 1 else "",
    )
    return " ".join(filter(None, notes))
