"""Busy and quiet times: a model of purchases fitted in time that runs as fast as the base bought.

Every model here takes rates to be constant over time. Bases are not: a launch, a season, a crisis
makes everybody buy more or less at once, and a model that does not know takes a busy beginning for
customers who leave. So time is stretched: in each block of four weeks it runs at a speed common to
all customers, estimated by turns with the model (repeat purchases that happened over those the
model expects of customers of that age). The future is taken to be as busy as the last two blocks.
What such a forecast is worth, the holdout decides: see `compare`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mainstay.analysis.lifetime.dated import Dated
from mainstay.analysis.lifetime.estimates import Interval, NotEstimable
from mainstay.analysis.lifetime.future import Moments, Span
from mainstay.analysis.lifetime.purchase_model import PurchaseModel
from mainstay.analysis.numerics.arrays import Floats, Integers
from mainstay.analysis.numerics.distinct import Pairs

BLOCK = 28  # days; the last block ends with the observation
LEAST_BLOCKS = 3
LAST_BLOCKS = 2  # whose speed the future keeps
PRIOR = 20.0  # purchases at normal speed that each block is credited with, against chance
TURNS = 5
NODES = 60  # of the curve of expected purchases
Fit = Callable[[Floats, Floats, Floats], PurchaseModel]


@dataclass(frozen=True, kw_only=True, eq=False)
class Stretched(PurchaseModel):
    """A model of purchases in stretched time, used like any other: its own T and t are in days."""

    inner: PurchaseModel
    speeds: Floats  # of each day observed, 1 on average, the end of the observation last

    def __post_init__(self) -> None:
        """Take the inner model's names: a stretched model has no parameters of its own."""
        object.__setattr__(self, "NAMES", self.inner.NAMES)

    @property
    def parameters(self) -> Floats:
        """Return the parameters of the inner model, in units of stretched time."""
        return self.inner.parameters

    def standard_errors(self) -> dict[str, float]:
        """Return the standard errors of the inner model's parameters."""
        return self.inner.standard_errors()

    def confint(self, level: float = 0.95) -> dict[str, Interval]:
        """Return the intervals of the inner model's parameters."""
        return self.inner.confint(level)

    @property
    def ahead(self) -> float:
        """Return the speed at which the future runs."""
        last = self.speeds[-BLOCK * LAST_BLOCKS :]
        return float(np.exp(np.log(last).mean()))

    def since(self, ago: Floats) -> Floats:
        """Return the stretched time between so many days ago and the end of the observation."""
        clock = np.concatenate([[0.0], np.cumsum(self.speeds[::-1])])
        return np.asarray(np.interp(ago, np.arange(clock.size), clock))

    def alive(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return P(alive) of checked customers."""
        return self.inner.alive(*self._histories(x, t_x, T))

    def alive_slopes(self, x: Floats, t_x: Floats, T: Floats) -> Floats:
        """Return the slopes of log P(alive) by the log parameters."""
        return self.inner.alive_slopes(*self._histories(x, t_x, T))

    def future(self, pairs: Pairs, span: Span) -> Moments:
        """Return the moments of discounted purchases of active customers."""
        ahead = Span(span.horizon * self.ahead, span.rate / self.ahead)
        return self.inner.future(self._pairs(pairs), ahead)

    def means(self, pairs: Pairs, times: Floats) -> Floats:
        """Return the purchases expected of active customers within each of the times."""
        return self.inner.means(self._pairs(pairs), times * self.ahead)

    def certain(self, pairs: Pairs, horizon: float) -> Floats:
        """Return P(at least one purchase | alive)."""
        return self.inner.certain(self._pairs(pairs), horizon * self.ahead)

    def counted(self, pairs: Pairs, t: float, most: int) -> Floats:
        """Return P(n purchases within t | alive)."""
        return self.inner.counted(self._pairs(pairs), t * self.ahead, most)

    def _pairs(self, pairs: Pairs) -> Pairs:
        return Pairs(pairs.x, self.since(pairs.T), pairs.place)

    def _histories(self, x: Floats, t_x: Floats, T: Floats) -> tuple[Floats, Floats, Floats]:
        return stretch(self, x, t_x, T)


def stretched(inner: PurchaseModel, speeds: Floats) -> Stretched:
    """Return the inner model in stretched time."""
    return Stretched(
        inner=inner,
        speeds=speeds,
        dropout=inner.dropout,
        log_likelihood=inner.log_likelihood,
        n=inner.n,
        log_covariance=inner.log_covariance,
        note=inner.note,
    )


def stretch(model: Stretched, x: Floats, t_x: Floats, T: Floats) -> tuple[Floats, Floats, Floats]:
    """Return frequency, recency and T in stretched time."""
    length = model.since(T)
    recency = np.where(x > 0, length - model.since(T - t_x), 0.0)
    return x, np.clip(recency, 0.0, length), length


def clock(model: PurchaseModel, days: int) -> Floats:
    """Return the model's time at the end of each day, from the first one observed."""
    if not isinstance(model, Stretched):
        return np.arange(days, dtype=np.float64)
    ahead = np.full(max(days - model.speeds.size, 0), model.ahead)
    return np.cumsum(np.concatenate([model.speeds, ahead]))[:days]


def plain(model: PurchaseModel) -> PurchaseModel:
    """Return the model that runs in the time of `clock`."""
    return model.inner if isinstance(model, Stretched) else model


def fit(known: Dated, model: Fit) -> Stretched:
    """Return the model fitted in stretched time, or raise NotEstimable."""
    block = blocks(known.days)
    happened = np.bincount(block, weights=known.repeats)
    if happened.size < LEAST_BLOCKS:
        raise NotEstimable(
            f"How busy the base was from month to month needs {LEAST_BLOCKS * BLOCK} days;"
            f" only {known.days} were observed."
        )
    speeds = np.ones(happened.size)
    found = stretched(model(known.x, known.t_x, known.T), speeds[block])
    for _ in range(TURNS):
        expected = np.bincount(block, weights=_expected(found, known))
        speeds = speeds * (happened + PRIOR) / (expected + PRIOR)
        daily = speeds[block] / speeds[block].mean()
        in_time = stretch(stretched(found.inner, daily), known.x, known.t_x, known.T)
        found = stretched(model(*in_time), daily)
    return found


def blocks(days: int) -> Integers:
    """Return the block of each day; the first block is longer by what is left over."""
    from_end = (days - 1 - np.arange(days)) // BLOCK
    whole = max(days // BLOCK - 1, 0)
    return whole - np.minimum(from_end, whole)


def _expected(model: Stretched, known: Dated) -> Floats:
    """Return the repeat purchases expected on each day of all customers born until then."""
    ends = clock(model, known.days)
    nodes = np.linspace(0.0, ends[-1], NODES)
    curve = model.inner.population_purchases(nodes)
    so_far = np.zeros(known.days)
    for day in np.flatnonzero(known.born):
        so_far[day:] += known.born[day] * np.interp(ends[day:] - ends[day], nodes, curve)
    return np.diff(so_far, prepend=0.0)
