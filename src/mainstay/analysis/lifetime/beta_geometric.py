"""What BG/NBD and MBG/NBD share: purchases at rates Gamma(r, alpha), dropout by Beta(a, b) coins.

The models differ in one coin. BG/NBD tosses the first one after the first repeat purchase; MBG/NBD
tosses one more, right after the very first purchase. Whoever survived that coin behaves as under
BG/NBD with b + 1 in place of b, so one set of equations serves both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeVar

import numpy as np

from mainstay.analysis.lifetime import counting, dropout, nbd, search
from mainstay.analysis.lifetime.estimates import Matrix, parameter_covariance
from mainstay.analysis.lifetime.future import (
    Heterogeneity,
    Moments,
    Span,
    means_of_pairs,
    of_pairs,
)
from mainstay.analysis.lifetime.prior import USED, Prior, pull
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.lifetime.purchasing import exceedances, on_log_scale
from mainstay.analysis.numerics.arrays import Floats, Histories
from mainstay.analysis.numerics.distinct import Pairs
from mainstay.analysis.numerics.newton import Objective, Optimum

LOWEST, HIGHEST = np.log([1e-6, 1e-8, 1e-8, 1e-6]), np.log([1e4, 1e9, 1e4, 1e4])
STARTS = ((0.8, 2.5), (0.1, 1.0), (5.0, 50.0))  # (a, b)


@dataclass(frozen=True, kw_only=True)
class BetaGeometric(PurchaseModel):
    """Fitted parameters; alpha has the unit of T. Without dropout, a is 0 and b plays no part."""

    NAMES: ClassVar[tuple[str, ...]] = ("r", "alpha", "a", "b")
    SCALED: ClassVar[tuple[str, ...]] = ("alpha",)
    COINS: ClassVar[int] = 0  # tossed before the first repeat purchase

    r: float
    alpha: float
    a: float
    b: float

    @property
    def passed(self) -> Floats:
        """Return the parameters of those who survived the coins before the first repeat."""
        return np.array([self.r, self.alpha, self.a, self.b + self.COINS])

    def heterogeneity(self) -> Heterogeneity:
        """Return the parameters in the form the forecasts take."""
        return Heterogeneity(*map(float, self.passed))

    def alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return P(alive at T) of checked customers."""
        result = np.ones_like(x)
        if self.dropout:
            at_risk = np.flatnonzero(x + self.COINS > 0)
            here = (x[at_risk], t_x[at_risk], T[at_risk])
            odds = dropout.log_odds_of_loss(self.passed, *here)
            result[at_risk] = 1.0 / (1.0 + np.exp(np.minimum(odds, 700.0)))
        return result

    def alive_slopes(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return the slopes of log P(alive) by the log parameters."""
        lost = (x + self.COINS > 0) * (1.0 - self.alive(x, t_x, T))
        slopes = -lost * dropout.log_odds_slopes(self.passed, x, t_x, T)
        slopes[3] *= self.b / (self.b + self.COINS)
        return slopes

    def future(self, pairs: Pairs, span: Span) -> Moments:
        """Return the moments of the discounted purchases of active customers."""
        found = of_pairs(self.heterogeneity(), pairs, span)
        found.slopes[3] *= self.b / (self.b + self.COINS)
        return found

    def means(self, pairs: Pairs, times: Floats) -> Floats:
        """Return the purchases expected of active customers within each of the times."""
        return means_of_pairs(self.heterogeneity(), pairs, times)

    def certain(self, pairs: Pairs, horizon: float) -> Floats:
        """Return P(at least one purchase | alive), equal to 1 - (A / (A + t))^R."""
        ages = self.alpha + pairs.T
        return np.asarray(-np.expm1(-(self.r + pairs.x) * np.log1p(horizon / ages)))

    def counted(self, pairs: Pairs, t: float, most: int) -> Floats:
        """Return P(n purchases within t | alive)."""
        return counting.with_coins(self.heterogeneity(), pairs, t, most)


Model = TypeVar("Model", bound=BetaGeometric)


def fit(model: type[Model], h: Histories, prior: Prior | None) -> Model:
    """Return the maximum-likelihood model, or raise ValueError with a sentence."""
    unit = nbd.time_unit(h)
    scaled = h.in_units_of(unit)
    rough = nbd.maximum(scaled)
    problem = search.Problem(
        lambda part: _objective(part, model.COINS),
        STARTS,
        LOWEST,
        HIGHEST,
        pull(prior, model, unit),
    )
    optimum = search.highest(problem, scaled, rough)
    if optimum is None:
        return without_dropout(model, nbd.fit_histories(h))
    r, alpha, a, b = (float(v) for v in np.exp(optimum.point))
    return model(
        r=r,
        alpha=alpha * unit,
        a=a,
        b=b,
        log_likelihood=problem.log_likelihood(optimum) - h.total(h.x) * float(np.log(unit)),
        n=h.n,
        log_covariance=parameter_covariance(optimum),
        note=_note(optimum, problem, optimum.value - rough.value, h),
    )


def without_dropout(model: type[Model], base: nbd.Nbd) -> Model:
    """Return an NBD in the form of the model without dropout, which it is."""
    (rr, ra), (ar, aa) = base.log_covariance
    unknown: Matrix = ((rr, ra, 0.0, 0.0), (ar, aa, 0.0, 0.0), (0.0,) * 4, (0.0,) * 4)
    return model(
        r=base.r,
        alpha=base.alpha,
        a=0.0,
        b=1.0,
        log_likelihood=base.log_likelihood,
        n=base.n,
        log_covariance=unknown,
        dropout=False,
        note=" ".join(filter(None, (search.NO_DROPOUT, base.note))),
    )


def _objective(h: Histories, coins: int) -> Objective:
    at_risk = h if coins else h.where(h.x > 0)
    more_than = exceedances(h)

    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        theta = np.exp(point)
        passed = theta + np.array([0.0, 0.0, 0.0, coins])
        value, gradient, hessian = dropout.log_likelihood(passed, h, at_risk, more_than)
        if coins:
            _, _, a, b = theta
            value += h.n * (np.log(b) - np.log(a + b))
            gradient += h.n * np.array([0, 0, -1 / (a + b), 1 / b - 1 / (a + b)])
            hessian[2:, 2:] += h.n / (a + b) ** 2
            hessian[3, 3] -= h.n / b**2
        return on_log_scale(theta, value, gradient, hessian)

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
