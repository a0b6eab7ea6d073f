"""The face of every model of purchases: a model states its own equations, the rest is shared.

A customer with history (x, t_x, T) is still active with a probability that the history decides.
Given that, the future depends on (x, T) alone. So each model answers two questions, who is active
and what the active will buy, and every forecast follows from them. A new customer is one with the
history (0, 0, 0).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.estimates import Fitted
from mainstay.analysis.lifetime.future import Moments, Span
from mainstay.analysis.numerics.arrays import (
    Floats,
    broadcast,
    check_order,
    counts,
    numbers,
    positive,
)
from mainstay.analysis.numerics.distinct import Pairs, distinct_pairs

MOST_COUNTED = 100_000
FOR_EVER = (
    "An infinite horizon needs a discount rate of more than 0: without one the value of"
    " a customer who may never leave is infinite. Give a rate or a finite horizon."
)


@dataclass(frozen=True, kw_only=True)
class PurchaseModel(Fitted, ABC):
    """A fitted model of repeat purchases; without dropout, nobody ever leaves."""

    dropout: bool = True

    @property
    def parameters(self) -> Floats:
        """Return the parameters as an array, in the order of NAMES."""
        return np.array([getattr(self, name) for name in self.NAMES])

    @abstractmethod
    def alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return P(alive) of checked customers."""

    @abstractmethod
    def alive_slopes(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return the slopes of log P(alive) by the log parameters: one row per parameter."""

    @abstractmethod
    def future(self, pairs: Pairs, span: Span) -> Moments:
        """Return the moments of discounted purchases of active customers, per distinct (x, T)."""

    @abstractmethod
    def means(self, pairs: Pairs, times: Floats) -> Floats:
        """Return E[purchases in (T, T + t] | alive]: a row per t, a column per distinct (x, T)."""

    @abstractmethod
    def certain(self, pairs: Pairs, horizon: float) -> Floats:
        """Return P(at least one purchase | alive), per distinct (x, T)."""

    @abstractmethod
    def counted(self, pairs: Pairs, t: float, most: int) -> Floats:
        """Return P(n purchases in (T, T + t] | alive): a row per n = 0 .. most."""

    def probability_alive(
        self, *, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Floats:
        """Return P(alive at T | x, t_x, T) of each customer."""
        return self.alive(*customers(frequency, recency, T))

    def expected_purchases(
        self, *, t: float, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Floats:
        """Return E[Y(t) | x, t_x, T], the purchases expected in (T, T + t]."""
        horizon = positive("t", t, zero=True)
        return self.expected_by(t=[horizon], frequency=frequency, recency=recency, T=T).ravel()

    def expected_by(
        self, *, t: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Floats:
        """Return the purchases expected in (T, T + t] for many t at once: a row for each t."""
        x, t_x, length = customers(frequency, recency, T)
        pairs = distinct_pairs(x, length)
        mean = pairs.spread(self.means(pairs, numbers("t", t)))
        return np.asarray(self.alive(x, t_x, length) * mean)

    def population_purchases(self, t: ArrayLike) -> Floats:
        """Return E[X(t)] of a customer chosen at random at the first purchase."""
        return self.expected_by(t=t, frequency=0, recency=0, T=0)[:, 0]

    def residual_purchases(
        self,
        *,
        rate: float,
        horizon: float | None = None,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
    ) -> Floats:
        """Return the discounted expected residual transactions (DERT) of each customer.

        rate is continuous per unit of T; without a horizon the residue is the whole future.
        """
        x, t_x, length = customers(frequency, recency, T)
        pairs = distinct_pairs(x, length)
        future = self.future(pairs, span(horizon, rate))
        return self.alive(x, t_x, length) * pairs.spread(future.mean)

    def purchase_distribution(
        self,
        *,
        t: float,
        most: int,
        frequency: ArrayLike = 0,
        recency: ArrayLike = 0,
        T: ArrayLike = 0,
    ) -> Floats:
        """Return P(n purchases in (T, T + t] | x, t_x, T): a row per customer, n = 0 .. most.

        Without a history it is the distribution over new customers, P(X(t) = n).
        """
        if not 0 <= most <= MOST_COUNTED or most != int(most):
            raise ValueError(f"most is {most}. Give a whole number from 0 to {MOST_COUNTED}.")
        x, t_x, length = customers(frequency, recency, T)
        pairs = distinct_pairs(x, length)
        alive = self.alive(x, t_x, length)
        horizon = positive("t", t, zero=True)
        found = alive * pairs.spread(self.counted(pairs, horizon, int(most)))
        found[0] += 1.0 - alive
        return np.ascontiguousarray(found.T)


def span(horizon: float | None, rate: float) -> Span:
    """Return horizon (None: for ever) and discount rate, or raise ValueError with a sentence."""
    continuous = positive("rate", rate, zero=True)
    if horizon is None and continuous == 0:
        raise ValueError(FOR_EVER)
    far = np.inf if horizon is None else positive("horizon", horizon, zero=True)
    return Span(float(far), continuous)


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
