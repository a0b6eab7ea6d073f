"""BG/NBD: purchases at rates Gamma(r, alpha), dropout after a purchase with probability Beta(a, b).

Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way", Marketing Science 24(2).
x = repeat purchases, t_x = time of the last one since the first, T = length of observation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import dropout, nbd
from mainstay.analysis.lifetime.estimates import (
    NOT_CONVERGED,
    Fitted,
    Matrix,
    NotEstimable,
    parameter_covariance,
)
from mainstay.analysis.lifetime.future import Heterogeneity, moments
from mainstay.analysis.lifetime.purchasing import exceedances, on_log_scale
from mainstay.analysis.numerics.arrays import Floats, Histories, histories, numbers, positive
from mainstay.analysis.numerics.newton import Optimum, maximise

LOWEST, HIGHEST = np.log([1e-6, 1e-8, 1e-8, 1e-6]), np.log([1e4, 1e9, 1e4, 1e4])
STARTS = ((0.8, 2.5), (0.1, 1.0), (5.0, 50.0))  # (a, b); the next only when one fails
FIRST_LOOK = 20_000  # customers on which the search begins
NO_GAIN = 1e-4  # a smaller gain in log-likelihood over NBD is no sign of dropout
NO_DROPOUT = (
    "No dropout identified: a model in which customers never leave explains these purchases"
    " equally well, so forecasts use it (NBD) and every customer counts as alive."
)
WEAK_GAIN = 1.35  # half the 90th percentile of chi-squared(1): the 5 % test on a boundary
WEAK = (
    "Dropout is barely identified: a model in which customers never leave explains these purchases"
    " almost as well, so who has left is uncertain."
)
AT_ONCE = (
    "{} customers have repeat purchases at time 0. Merge purchases of one day into one occasion,"
    " or use a finer unit of time."
)
SAME_DROPOUT = "The probability of dropout does not differ between customers by more than chance."


@dataclass(frozen=True, kw_only=True)
class BgNbd(Fitted):
    """Fitted BG/NBD; alpha has the unit of T. Without dropout, a is 0 and b plays no part."""

    NAMES: ClassVar[tuple[str, ...]] = ("r", "alpha", "a", "b")

    r: float
    alpha: float
    a: float
    b: float
    dropout: bool = True

    @property
    def parameters(self) -> Floats:
        """Return r, alpha, a, b as an array."""
        return np.array([self.r, self.alpha, self.a, self.b])

    def probability_alive(
        self, *, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Floats:
        """Return P(alive at T | x, t_x, T) of each customer (1 for x = 0)."""
        x, t_x, length = nbd.customers(frequency, recency, T)
        return alive(self, x, t_x, length)

    def expected_purchases(
        self, *, t: float, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Floats:
        """Return E[Y(t) | x, t_x, T], the purchases expected in (T, T + t] (equation 10)."""
        x, t_x, length = nbd.customers(frequency, recency, T)
        horizon = positive("t", t, zero=True)
        future = moments(self.heterogeneity(), x, length, horizon=horizon)
        return alive(self, x, t_x, length) * future.mean

    def population_purchases(self, t: ArrayLike) -> Floats:
        """Return E[X(t)] of a customer chosen at random at the first purchase (equation 9)."""
        times = numbers("t", t)
        start = np.zeros(1)
        here = self.heterogeneity()
        return np.array([moments(here, start, start, horizon=s).mean[0] for s in times])

    def heterogeneity(self) -> Heterogeneity:
        """Return the parameters in the form the forecasts take."""
        return Heterogeneity(self.r, self.alpha, self.a, self.b)


def alive(model: BgNbd, x: Floats, t_x: Floats, T: Floats) -> Floats:
    """Return P(alive) of checked customers."""
    result = np.ones_like(x)
    if model.dropout:
        again = np.flatnonzero(x > 0)
        odds = dropout.log_odds_of_loss(model.parameters, x[again], t_x[again], T[again])
        result[again] = 1.0 / (1.0 + np.exp(np.minimum(odds, 700.0)))
    return result


def fit(
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    weights: ArrayLike | None = None,
) -> BgNbd:
    """Return the maximum-likelihood BG/NBD, or raise ValueError with a sentence.

    Where the best BG/NBD lies on the boundary without dropout, the result says so (dropout is
    False, note is a sentence) and its forecasts are those of NBD.
    """
    h = histories(frequency, recency, T, weights)
    unit = nbd.time_unit(h)
    scaled = h.in_units_of(unit)
    rough = nbd.maximum(scaled)
    optimum = _maximum(scaled, rough)
    constant = h.total(h.x) * np.log(unit)
    if optimum is None:
        return without_dropout(nbd.fit(frequency=h.x, recency=h.t_x, T=h.T, weights=h.weights))
    gain = optimum.value - rough.value
    r, alpha, a, b = (float(v) for v in np.exp(optimum.point))
    return BgNbd(
        r=r,
        alpha=alpha * unit,
        a=a,
        b=b,
        log_likelihood=float(optimum.value - constant),
        n=h.n,
        log_covariance=parameter_covariance(optimum),
        note=_note(optimum, gain, int(np.count_nonzero((h.x > 0) & (h.t_x == 0)))),
    )


def without_dropout(model: nbd.Nbd) -> BgNbd:
    """Return an NBD in the form of the BG/NBD without dropout, which it is."""
    (rr, ra), (ar, aa) = model.log_covariance
    unknown: Matrix = ((rr, ra, 0.0, 0.0), (ar, aa, 0.0, 0.0), (0.0,) * 4, (0.0,) * 4)
    return BgNbd(
        r=model.r,
        alpha=model.alpha,
        a=0.0,
        b=1.0,
        log_likelihood=model.log_likelihood,
        n=model.n,
        log_covariance=unknown,
        dropout=False,
        note=" ".join(filter(None, (NO_DROPOUT, model.note))),
    )


def _maximum(scaled: Histories, rough: Optimum) -> Optimum | None:
    """Return the maximum over the log-parameters, or None where it lies at no dropout."""
    step = max(1, scaled.x.size // FIRST_LOOK)
    best: Optimum | None = None
    for a, b in STARTS:
        start = np.append(rough.point, np.log([a, b]))
        if step > 1:
            look = _search(scaled.every(step), start)
            start = look.point if look.converged and look.free.all() else start
        found = _search(scaled, start)
        if found.converged and (best is None or found.value > best.value):
            best = found
        if best is not None and not _no_dropout(best, rough):
            return best
    if best is None:
        raise NotEstimable(NOT_CONVERGED)
    return None


def _no_dropout(found: Optimum, rough: Optimum) -> bool:
    return found.value - rough.value < NO_GAIN


def _search(h: Histories, start: Floats) -> Optimum:
    again = np.flatnonzero(h.x > 0)
    w = None if h.weights is None else h.weights[again]
    repeaters = Histories(h.x[again], h.t_x[again], h.T[again], w)
    more_than = exceedances(h)

    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        theta = np.exp(point)
        return on_log_scale(theta, *dropout.log_likelihood(theta, h, repeaters, more_than))

    return maximise(objective, start, LOWEST, HIGHEST)


def _note(optimum: Optimum, gain: float, at_once: int) -> str:
    at_top = optimum.point >= HIGHEST
    notes = (
        nbd.ALIKE if at_top[0] else "",
        SAME_DROPOUT if at_top[2] or at_top[3] else "",
        WEAK if gain < WEAK_GAIN else "",
        AT_ONCE.format(at_once) if at_once else "",
    )
    return " ".join(filter(None, notes))
