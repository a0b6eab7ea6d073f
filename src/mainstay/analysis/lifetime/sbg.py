"""Shifted-beta-geometric (sBG): contracts that end at a renewal with probability Beta(alpha, beta).

Fader & Hardie (2007), "How to Project Customer Retention", Journal of Interactive Marketing 21(1).
A contract's tenure counts renewals: a customer lost at tenure t renewed t - 1 times and did not
renew the t-th time; one still here at tenure t renewed t times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import renewals
from mainstay.analysis.lifetime.estimates import (
    NOT_CONVERGED,
    Fitted,
    Matrix,
    NotEstimable,
    as_matrix,
    parameter_covariance,
    two_sided,
)
from mainstay.analysis.lifetime.future import dropout_mixture
from mainstay.analysis.lifetime.purchasing import on_log_scale
from mainstay.analysis.lifetime.renewals import Renewals
from mainstay.analysis.numerics.arrays import Floats, counts, numbers, positive
from mainstay.analysis.numerics.newton import Optimum, maximise
from mainstay.analysis.numerics.special import digamma, log_gamma_rise

LOWEST, HIGHEST = np.log([1e-6, 1e-6]), np.log([1e6, 1e6])
NO_GAIN = 1e-4  # a smaller gain in log-likelihood over one churn rate for all shows no differences
STEP = 1e-4  # of the logarithm of a parameter
ALIKE = (
    "Customers do not differ in their risk of leaving by more than chance, so the retention rate is"
    " the same at every renewal."
)
POLARISED = (
    "Customers seem to leave at the first renewal or never: how the others differ is not"
    " identified."
)
FOR_EVER = (
    "alpha is {:.3g}, so some customers hardly ever leave and the mean residual lifetime is"
    " infinite. Give a horizon or a discount rate."
)


class Curve(NamedTuple):
    """Survival and retention at each renewal, with the ends of their intervals."""

    renewal: Floats
    survival: Floats
    survival_low: Floats
    survival_high: Floats
    retention: Floats
    retention_low: Floats
    retention_high: Floats


@dataclass(frozen=True, kw_only=True)
class Sbg(Fitted):
    """Fitted sBG; churn at the first renewal is alpha / (alpha + beta)."""

    NAMES: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    alpha: float
    beta: float
    alike: bool = False  # one churn rate for all: alpha and beta are not identified, their ratio is

    @property
    def parameters(self) -> Floats:
        """Return alpha, beta as an array."""
        return np.array([self.alpha, self.beta])

    def survival(self, t: ArrayLike) -> Floats:
        """Return S(t), the probability of renewing t times (equation 6)."""
        return np.asarray(np.exp(self._log_survival(numbers("t", t))))

    def retention(self, t: ArrayLike) -> Floats:
        """Return r(t), the share of those who renewed t - 1 times that renew again (equation 8)."""
        done = _renewals_before(t)
        return (self.beta + done) / (self.alpha + self.beta + done)

    def probability_lost(self, t: ArrayLike) -> Floats:
        """Return P(T = t), the probability of leaving at the t-th renewal (equation 5)."""
        done = _renewals_before(t)
        return self.survival(done) * self.alpha / (self.alpha + self.beta + done)

    def expected_residual_lifetime(
        self, *, tenure: ArrayLike, horizon: float | None = None
    ) -> Floats:
        """Return the further renewals expected of customers who have renewed `tenure` times.

        Raises:
            ValueError: without a horizon, where the mean is infinite (alpha <= 1).
        """
        if horizon is None and self.alpha <= 1:
            raise ValueError(FOR_EVER.format(self.alpha))
        return self._residual(tenure, rate=0.0, horizon=horizon)

    def discounted_residual_lifetime(
        self, *, tenure: ArrayLike, rate: float, horizon: float | None = None
    ) -> Floats:
        """Return DERL: the expected discounted further renewals, standing just before the next.

        Fader & Hardie (2010), "Customer-Base Valuation in a Contractual Setting", Marketing
        Science 29(1), equation 7. `rate` is the discount rate per period between renewals; the
        next renewal is not discounted. Times the margin of a period this is residual value.
        """
        if positive("rate", rate, zero=horizon is not None or self.alpha > 1) == 0:
            return self._residual(tenure, rate=0.0, horizon=horizon)
        return self._residual(tenure, rate=rate, horizon=horizon)

    def curve(self, renewals: int, *, level: float = 0.95) -> Curve:
        """Return survival and retention at renewals 1, 2, ... with intervals (delta method)."""
        t = np.arange(1.0, positive("renewals", renewals) + 1)
        z, covariance = two_sided(level), np.array(self.log_covariance)
        survived = _interval(self.survival(t), *self._survival_slopes(t), covariance, z)
        kept = self.retention(t)
        slopes = np.stack([-np.ones_like(t), self.beta / (self.beta + t - 1)])
        reach = z * _deviation(slopes, covariance)
        log_odds = np.log(self.beta + t - 1) - np.log(self.alpha)
        low, high = (1 / (1 + np.exp(-(log_odds + side * reach))) for side in (-1, 1))
        return Curve(t, *survived, kept, low, high)

    def interval(
        self, quantity: Callable[[Sbg], Floats], *, level: float = 0.95
    ) -> tuple[Floats, Floats]:
        """Return the ends of the interval of any positive quantity of the model (delta method).

        Such as `m.interval(lambda m: m.discounted_residual_lifetime(tenure=[1, 2], rate=0.1))`.
        """
        slopes = np.stack([self._log_slope(quantity, name) for name in self.NAMES])
        reach = two_sided(level) * _deviation(slopes, np.array(self.log_covariance))
        value = quantity(self)
        return value * np.exp(-reach), value * np.exp(reach)

    def _variances(self) -> dict[str, float]:
        return {} if self.alike else super()._variances()

    def _log_survival(self, t: Floats) -> Floats:
        return np.asarray(log_gamma_rise(np.array(self.beta), t)) - log_gamma_rise(
            np.array(self.alpha + self.beta), t
        )

    def _survival_slopes(self, t: Floats) -> tuple[Floats, Floats]:
        """Return log S(t) and its derivatives by log alpha and log beta: two rows."""
        both = digamma(self.alpha + self.beta + t) - digamma(np.array(self.alpha + self.beta))
        own = digamma(self.beta + t) - digamma(np.array(self.beta))
        return self._log_survival(t), np.stack([-self.alpha * both, self.beta * (own - both)])

    def _residual(self, tenure: ArrayLike, *, rate: float, horizon: float | None) -> Floats:
        done, place = np.unique(counts("tenure", tenure), return_inverse=True)
        end = np.inf if horizon is None else np.floor(positive("horizon", horizon, zero=True))
        if rate == 0 and np.isinf(end):
            return np.asarray((self.beta + done) / (self.alpha - 1))[place]
        return np.array([self._residual_of(n, rate, float(end)) for n in done])[place]

    def _residual_of(self, done: float, rate: float, horizon: float) -> float:
        """Return E[(1 - p) (1 - q^h) / (1 - q)], p ~ Beta(alpha, beta + done), q = (1-p)/(1+d)."""
        mixture = dropout_mixture(self.alpha, self.beta + done)
        weight, p = mixture.singles[:, 0], mixture.p
        leaving = (rate + p) / (1 + rate)  # 1 - q
        with np.errstate(divide="ignore"):
            log_q = np.log1p(-p) - np.log1p(rate)
        renewed = -np.expm1(horizon * np.minimum(log_q, -1e-300)) if horizon else np.zeros_like(p)
        ever = leaving * horizon > 1e-12 if np.isfinite(horizon) else leaving > 0
        total = np.divide(renewed, leaving, out=np.full_like(p, min(horizon, 1e300)), where=ever)
        return float(weight @ ((1 - p) * total))

    def _log_slope(self, quantity: Callable[[Sbg], Floats], name: str) -> Floats:
        here = getattr(self, name)
        up = quantity(replace(self, **{name: here * np.exp(STEP)}))
        down = quantity(replace(self, **{name: here * np.exp(-STEP)}))
        return np.asarray((np.log(up) - np.log(down)) / (2 * STEP))


def fit(*, tenure: ArrayLike, lost: ArrayLike, weights: ArrayLike | None = None) -> Sbg:
    """Return the maximum-likelihood sBG of customers, or raise ValueError with a sentence.

    Args:
        tenure: whole periods: the renewal at which a customer was lost, or the number of renewals
            made by one who is still here.
        lost: whether the customer was lost.
        weights: how many customers share these values.
    """
    return _fitted(renewals.of_customers(tenure, lost, weights))


def fit_survivors(*cohorts: Sequence[float]) -> Sbg:
    """Return the same from each cohort's survivors: all at first, then after each renewal."""
    return _fitted(renewals.of_cohorts(cohorts))


def _fitted(made: Renewals) -> Sbg:
    _refuse_what_says_nothing(made)
    churn = made.lost.sum() / made.at_risk.sum()
    one_rate = float(made.lost.sum() * np.log(churn) + made.kept.sum() * np.log1p(-churn))
    optimum = _maximum(made, churn)
    if optimum.value - one_rate < NO_GAIN:
        return _alike(made, float(churn), one_rate)
    alpha, beta = np.exp(optimum.point)
    polarised = bool((optimum.point <= LOWEST + 1e-9).any())
    return Sbg(
        alpha=float(alpha),
        beta=float(beta),
        log_likelihood=optimum.value,
        n=made.n,
        log_covariance=parameter_covariance(optimum),
        note=POLARISED if polarised else "",
    )


def _refuse_what_says_nothing(made: Renewals) -> None:
    if made.at_risk.size == 0 or made.at_risk[0] == 0:
        raise NotEstimable(
            "No customer has come to a first renewal yet, so there is no retention to estimate."
        )
    if made.lost.sum() == 0:
        raise NotEstimable(
            "No customer has been lost yet, so how long they stay cannot be estimated."
            " Wait for the first losses or choose a longer period."
        )
    if made.kept.sum() == 0:
        raise NotEstimable(
            "Every customer was lost at the first renewal, so there is no retention to forecast."
        )
    if np.count_nonzero(made.at_risk) < 2:
        raise NotEstimable(
            "Only one renewal has been observed. How customers differ shows from the second renewal"
            " on; until then, retention is simply the share that renewed."
        )


def _maximum(made: Renewals, churn: float) -> Optimum:
    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        both = np.exp(point)
        return on_log_scale(both, *made.log_likelihood(*both))

    for size in (2.0, 0.2, 20.0):
        start = np.log([size * churn, size * (1 - churn)])
        found = maximise(objective, start, LOWEST, HIGHEST)
        if found.converged:
            return found
    raise NotEstimable(NOT_CONVERGED)


def _alike(made: Renewals, churn: float, value: float) -> Sbg:
    """Return one churn rate for all as the sBG with almost no spread around it."""
    size = float(np.exp(HIGHEST[0]))
    sensitivity = np.array([1 - churn, -churn])  # of log alpha, log beta to the log odds of churn
    variance = 1.0 / (made.at_risk.sum() * churn * (1 - churn))
    covariance: Matrix = as_matrix(variance * np.outer(sensitivity, sensitivity))
    return Sbg(
        alpha=size * churn,
        beta=size * (1 - churn),
        log_likelihood=value,
        n=made.n,
        log_covariance=covariance,
        note=ALIKE,
        alike=True,
    )


def _renewals_before(t: ArrayLike) -> Floats:
    done = counts("t", t) - 1
    if (done < 0).any():
        raise ValueError("t is 0, but renewals are numbered from 1. Give 1 for the first renewal.")
    return done


def _deviation(slopes: Floats, covariance: Floats) -> Floats:
    variance = np.einsum("it,ij,jt->t", slopes, covariance, slopes)
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def _interval(
    value: Floats, logarithm: Floats, slopes: Floats, covariance: Floats, z: float
) -> tuple[Floats, Floats, Floats]:
    """Return survival with its interval on the scale of log(-log S), which keeps it in 0 .. 1."""
    reach = z * _deviation(slopes, covariance) / -logarithm
    return value, np.exp(logarithm * np.exp(reach)), np.exp(logarithm * np.exp(-reach))
