"""BG/BB: at each opportunity a customer who is still there buys with a probability of their own.

Fader, Hardie & Shang (2010), "Customer-Base Analysis in a Discrete-Time Noncontractual Setting",
Marketing Science 29(6). For yearly appeals, monthly meetings, annual fairs. Purchase probabilities
vary as Beta(alpha, beta), dropout before each opportunity as Beta(gamma, delta). x = opportunities
taken, t_x = the last one taken (0: none), T = n = opportunities so far; all whole numbers, the
first purchase not counted. Alive means: there for the next opportunity, n + 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import bg_bb_future, bg_bb_likelihood, search
from mainstay.analysis.lifetime.bg_bb_future import Coins
from mainstay.analysis.lifetime.estimates import NOT_CONVERGED, NotEstimable, parameter_covariance
from mainstay.analysis.lifetime.future import Moments, Span
from mainstay.analysis.lifetime.prior import USED, Prior, pull
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.lifetime.purchasing import on_log_scale
from mainstay.analysis.numerics.arrays import (
    Floats,
    Histories,
    check_order,
    counts,
    histories,
    refuse,
)
from mainstay.analysis.numerics.distinct import Pairs, distinct_histories
from mainstay.analysis.numerics.newton import Objective, Optimum, covariance, maximise

LOWEST, HIGHEST = np.full(4, np.log(1e-5)), np.full(4, np.log(1e5))
STARTS = ((0.7, 3.0), (0.3, 0.6), (5.0, 100.0))  # (gamma, delta)
NO_DROPOUT = (
    "No dropout identified: a model in which customers never leave explains these purchases"
    " equally well, so every customer counts as alive."
)
ALIKE = "The probability of a purchase does not differ between customers by more than chance."
MOST_OPPORTUNITIES = 100_000


@dataclass(frozen=True, kw_only=True)
class BgBb(PurchaseModel):
    """Fitted BG/BB. Without dropout, gamma is 0 and delta plays no part."""

    NAMES: ClassVar[tuple[str, ...]] = ("alpha", "beta", "gamma", "delta")

    alpha: float
    beta: float
    gamma: float
    delta: float

    @property
    def coins(self) -> Coins:
        """Return the parameters in the form the forecasts take."""
        return Coins(self.alpha, self.beta, self.gamma, self.delta)

    def alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return P(alive for the next opportunity) of checked customers."""
        h = checked(Histories(x, t_x, T, None))
        if not self.dropout:
            return np.ones_like(x)
        return np.asarray(np.exp(bg_bb_likelihood.still_there(self.parameters, h)[0]))

    def alive_slopes(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return the slopes of log P(alive) by the log parameters."""
        h = Histories(x, t_x, T, None)
        slopes = bg_bb_likelihood.still_there(self.parameters, h)[1]
        return np.asarray(self.parameters[:, None] * slopes)

    def future(self, pairs: Pairs, span: Span) -> Moments:
        """Return the moments of the discounted purchases of those who are there."""
        return bg_bb_future.moments(self.coins, pairs, span)

    def means(self, pairs: Pairs, times: Floats) -> Floats:
        """Return the purchases expected at the next t opportunities of those who are there."""
        return bg_bb_future.means(self.coins, pairs, times)

    def certain(self, pairs: Pairs, horizon: float) -> Floats:
        """Return P(at least one purchase | there for the next)."""
        end = float(min(horizon, MOST_OPPORTUNITIES))
        return np.asarray(1.0 - bg_bb_future.counted(self.coins, pairs, end, 0)[0])

    def counted(self, pairs: Pairs, t: float, most: int) -> Floats:
        """Return P(k purchases at the next t opportunities | there for the next)."""
        return bg_bb_future.counted(self.coins, pairs, t, most)


def fit(
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    weights: ArrayLike | None = None,
    prior: Prior | None = None,
) -> BgBb:
    """Return the maximum-likelihood BG/BB, or raise ValueError with a sentence.

    T is the number of opportunities. Where the best BG/BB lies on the boundary without dropout,
    the result says so (dropout is False, note is a sentence).
    """
    h = distinct_histories(checked(histories(frequency, recency, T, weights)))
    _check_variety(h)
    rough = maximise(_always_there(h), np.zeros(2), LOWEST[:2], HIGHEST[:2])
    problem = search.Problem(_objective, STARTS, LOWEST, HIGHEST, pull(prior, BgBb, 1.0))
    optimum = search.highest(problem, h, rough)
    if optimum is None:
        return _without_dropout(rough, h.n)
    alpha, beta, gamma, delta = (float(v) for v in np.exp(optimum.point))
    return BgBb(
        alpha=alpha,
        beta=beta,
        gamma=gamma,
        delta=delta,
        log_likelihood=problem.log_likelihood(optimum),
        n=h.n,
        log_covariance=parameter_covariance(optimum),
        note=_note(optimum, problem, optimum.value - rough.value),
    )


def checked(h: Histories) -> Histories:
    """Return histories in whole opportunities, or raise ValueError with a sentence."""
    counts("recency", h.t_x)
    counts("T", h.T)
    check_order(h.x, h.t_x, h.T)
    refuse(
        h.x > h.t_x,
        lambda i: (
            f"frequency: element {i} is {h.x[i]:g}, but the last opportunity taken is number"
            f" {h.t_x[i]:g}. A customer buys at most once at each opportunity; merge purchases."
        ),
    )
    refuse(
        (h.x == 0) & (h.t_x > 0),
        lambda i: f"recency: element {i} is {h.t_x[i]:g}, but its frequency is 0. Give 0.",
    )
    refuse(
        h.T > MOST_OPPORTUNITIES,
        lambda i: (
            f"T: element {i} is {h.T[i]:g}. It counts opportunities to buy; count in longer"
            " periods, such as weeks or months."
        ),
    )
    return h


def _check_variety(h: Histories) -> None:
    if h.n == 0 or h.x.size == 0:
        raise NotEstimable("There are no customers, so there is nothing to estimate.")
    if h.total(h.x) == 0:
        raise NotEstimable(
            "No customer has taken an opportunity, so how often they do cannot be estimated."
            " Wait for repeat purchases or choose a longer period."
        )
    if np.array_equal(h.x, h.T):
        raise NotEstimable(
            "Every customer has taken every opportunity, so neither pauses nor dropout can be"
            " estimated. Wait for more opportunities."
        )


def _without_dropout(rough: Optimum, n: float) -> BgBb:
    matrix = np.zeros((4, 4))
    found = covariance(rough) if rough.converged else None
    if found is None:
        raise NotEstimable(NOT_CONVERGED)
    matrix[:2, :2] = found
    alpha, beta = (float(v) for v in np.exp(rough.point))
    return BgBb(
        alpha=alpha,
        beta=beta,
        gamma=0.0,
        delta=1.0,
        log_likelihood=float(rough.value),
        n=n,
        log_covariance=tuple(map(tuple, matrix.tolist())),
        dropout=False,
        note=NO_DROPOUT,
    )


def _objective(h: Histories) -> Objective:
    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        theta = np.exp(point)
        return on_log_scale(theta, *bg_bb_likelihood.log_likelihood(theta, h))

    return objective


def _always_there(h: Histories) -> Objective:
    def objective(point: Floats) -> tuple[float, Floats, Floats]:
        theta = np.exp(point)
        return on_log_scale(theta, *bg_bb_likelihood.always_there(theta, h))

    return objective


def _note(optimum: Optimum, problem: search.Problem, gain: float) -> str:
    at_top = optimum.point >= HIGHEST
    notes = (
        USED if problem.led else "",
        ALIKE if at_top[0] or at_top[1] else "",
        search.SAME_DROPOUT if at_top[2] or at_top[3] else "",
        search.WEAK if gain < search.WEAK_GAIN and not problem.led else "",
    )
    return " ".join(filter(None, notes))
