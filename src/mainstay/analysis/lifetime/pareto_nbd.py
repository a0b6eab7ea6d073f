"""Pareto/NBD: purchases at rates Gamma(r, alpha), dropout at rates Gamma(s, beta), at any time.

Schmittlein, Morrison & Colombo (1987), "Counting Your Customers", Management Science 33(1).
x = repeat purchases, t_x = time of the last one since the first, T = length of observation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import nbd, pareto_dropout, pareto_future, search
from mainstay.analysis.lifetime.estimates import Matrix, parameter_covariance
from mainstay.analysis.lifetime.future import Moments, Span
from mainstay.analysis.lifetime.pareto_future import Rates
from mainstay.analysis.lifetime.prior import USED, Prior, pull
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.lifetime.purchasing import exceedances, on_log_scale
from mainstay.analysis.numerics.arrays import Floats, Histories, histories
from mainstay.analysis.numerics.distinct import Pairs, distinct_histories
from mainstay.analysis.numerics.newton import Objective, Optimum

LOWEST, HIGHEST = np.log([1e-6, 1e-8, 1e-6, 1e-8]), np.log([1e4, 1e9, 1e4, 1e9])
FIRST_LOOK = 2_500  # customers: each costs far more here than under BG/NBD
STARTS = ((0.6, 10.0), (0.2, 1.0), (3.0, 100.0))  # (s, beta)


@dataclass(frozen=True, kw_only=True)
class ParetoNbd(PurchaseModel):
    """Fitted Pareto/NBD; alpha and beta have the unit of T. Without dropout, s is 0."""

    NAMES: ClassVar[tuple[str, ...]] = ("r", "alpha", "s", "beta")
    SCALED: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    r: float
    alpha: float
    s: float
    beta: float

    @property
    def rates(self) -> Rates:
        """Return the parameters in the form the forecasts take."""
        return Rates(self.r, self.alpha, self.s, self.beta)

    def alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return P(alive at T) of checked customers."""
        if not self.dropout:
            return np.ones_like(x)
        odds = pareto_dropout.odds_of_loss(self.parameters, x, t_x, T).log
        return np.asarray(1.0 / (1.0 + np.exp(np.minimum(odds, 700.0))))

    def alive_slopes(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return the slopes of log P(alive) by the log parameters."""
        odds = pareto_dropout.odds_of_loss(self.parameters, x, t_x, T)
        return -self.parameters[:, None] * pareto_dropout.mixed(odds).slopes

    def future(self, pairs: Pairs, span: Span) -> Moments:
        """Return the moments of the discounted purchases of active customers."""
        return pareto_future.moments(self.rates, pairs, span)

    def means(self, pairs: Pairs, times: Floats) -> Floats:
        """Return the purchases expected of active customers within each of the times."""
        return pareto_future.means(self.rates, pairs, times)

    def certain(self, pairs: Pairs, horizon: float) -> Floats:
        """Return P(at least one purchase | alive)."""
        return pareto_future.certain(self.rates, pairs, horizon)

    def counted(self, pairs: Pairs, t: float, most: int) -> Floats:
        """Return P(n purchases within t | alive)."""
        return pareto_future.counted(self.rates, pairs, t, most)


def fit(
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    weights: ArrayLike | None = None,
    prior: Prior | None = None,
) -> ParetoNbd:
    """Return the maximum-likelihood Pareto/NBD, or raise ValueError with a sentence.

    Where the best Pareto/NBD lies on the boundary without dropout, the result says so (dropout is
    False, note is a sentence) and its forecasts are those of NBD.
    """
    h = histories(frequency, recency, T, weights)
    unit = nbd.time_unit(h)
    scaled = distinct_histories(h).in_units_of(unit)
    rough = nbd.maximum(scaled)
    believed = pull(prior, ParetoNbd, unit)
    problem = search.Problem(_objective, STARTS, LOWEST, HIGHEST, believed, FIRST_LOOK)
    optimum = search.highest(problem, scaled, rough)
    if optimum is None:
        return without_dropout(nbd.fit_histories(h))
    r, alpha, s, beta = (float(v) for v in np.exp(optimum.point))
    return ParetoNbd(
        r=r,
        alpha=alpha * unit,
        s=s,
        beta=beta * unit,
        log_likelihood=problem.log_likelihood(optimum) - h.total(h.x) * float(np.log(unit)),
        n=h.n,
        log_covariance=parameter_covariance(optimum),
        note=_note(optimum, problem, optimum.value - rough.value, h),
    )


def without_dropout(base: nbd.Nbd) -> ParetoNbd:
    """Return an NBD in the form of the Pareto/NBD without dropout, which it is."""
    (rr, ra), (ar, aa) = base.log_covariance
    unknown: Matrix = ((rr, ra, 0.0, 0.0), (ar, aa, 0.0, 0.0), (0.0,) * 4, (0.0,) * 4)
    return ParetoNbd(
        r=base.r,
        alpha=base.alpha,
        s=0.0,
        beta=base.alpha,
        log_likelihood=base.log_likelihood,
        n=base.n,
        log_covariance=unknown,
        dropout=False,
        note=" ".join(filter(None, (search.NO_DROPOUT, base.note))),
    )


def _objective(h: Histories) -> Objective:
    more_than = exceedances(h)

    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        theta = np.exp(point)
        return on_log_scale(theta, *pareto_dropout.log_likelihood(theta, h, more_than))

    return objective


def _note(optimum: Optimum, problem: search.Problem, gain: float, h: Histories) -> str:
    at_once = int(np.count_nonzero((h.x > 0) & (h.t_x == 0)))
    at_top = optimum.point >= HIGHEST
    notes = (
        USED if problem.led else "",
        nbd.ALIKE if at_top[0] else "",
        search.SAME_DROPOUT if at_top[2] or at_top[3] else "",
        search.WEAK if gain < search.WEAK_GAIN and not problem.led else "",
        search.AT_ONCE.format(at_once) if at_once else "",
    )
    return " ".join(filter(None, notes))
