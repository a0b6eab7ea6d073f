"""What better retention is worth to a base, and whether an investment in it pays.

The worth of a base at retention r is its yearly margin times A(r) = Σ (r / (1 + d))^t over the
years of the horizon. So a change from r to r' changes a known worth by the factor A(r') / A(r).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from mainstay.analysis.numerics.intervals import Estimate

DRAWS = 4_000
SEED = 20_261
STEPS = 60  # of the search for the break-even: far below a cent
POINT = 0.01


@dataclass(frozen=True, kw_only=True)
class Base:
    """A base of customers as it is.

    Args:
        lost: customers lost of `customers` in the year that was measured.
        customers: customers at the start of that year.
        worth: present value of the base now, in minor units.
        worth_error: its standard error; 0 where it is taken as known.
        discount_rate: a year.
        years: horizon.
    """

    lost: float
    customers: float
    worth: float
    worth_error: float = 0.0
    discount_rate: float = 0.10
    years: int = 5

    def __post_init__(self) -> None:
        if not 0 <= self.lost < self.customers:
            raise ValueError(
                f"{self.lost:g} of {self.customers:g} customers were lost. Retention can be"
                " improved only where some customers stay."
            )
        check_rate(self.discount_rate)
        if self.years < 1:
            raise ValueError(f"The horizon is {self.years} years. Give 1 or more.")

    @property
    def retention(self) -> float:
        """Return the share that stays a year."""
        return 1 - self.lost / self.customers


def check_rate(rate: float) -> None:
    """Raise ValueError for a discount rate of −100 % a year or less."""
    if not rate > -1:
        raise ValueError(f"The discount rate is {rate:g} a year. Give one above −1, such as 0.1.")


def annuity(retention: float, *, discount_rate: float, years: int) -> float:
    """Return Σ (retention / (1 + discount_rate))^t for t = 1 … years."""
    check_rate(discount_rate)
    step = retention / (1 + discount_rate)
    return math.fsum(step**t for t in range(1, years + 1))


def gain(base: Base, points: float) -> float:
    """Return the change of the base's worth if retention rose by `points` (0.01: one point).

    Retention cannot rise above 1: what is beyond has no effect.
    """
    terms = {"discount_rate": base.discount_rate, "years": base.years}
    before = annuity(base.retention, **terms)  # type: ignore[arg-type]
    after = annuity(min(base.retention + points, 1.0), **terms)  # type: ignore[arg-type]
    return base.worth * (after / before - 1)


def gain_with_interval(base: Base, points: float, *, level: float = 0.8) -> Estimate:
    """Return `gain` with an interval for what is uncertain: the retention and the worth.

    Draws of the retention (Beta, Jeffreys' prior) and of the worth (normal); the same seed always.
    """
    rng = np.random.default_rng(SEED)
    kept = rng.beta(base.customers - base.lost + 0.5, base.lost + 0.5, DRAWS)
    worth = rng.normal(base.worth, base.worth_error, DRAWS)
    step = np.stack([kept, np.minimum(kept + points, 1.0)]) / (1 + base.discount_rate)
    before, after = np.sum([step**t for t in range(1, base.years + 1)], axis=0)
    drawn = worth * (after / before - 1)
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Estimate(gain(base, points), float(low), float(high))


@dataclass(frozen=True, kw_only=True)
class Case:
    """An investment in retention: what it costs, and what one hopes for, with its range."""

    cost_once: float
    cost_yearly: float = 0.0
    points_low: float
    points: float
    points_high: float

    def __post_init__(self) -> None:
        if self.cost_once < 0 or self.cost_yearly < 0:
            raise ValueError("A cost is below zero. Give 0 or more.")
        if not 0 <= self.points_low <= self.points <= self.points_high <= 1:
            raise ValueError(
                "The expected effect must lie within its range, and the range within 0 and 100"
                " points."
            )


class Answer(NamedTuple):
    """Whether it pays: present values, and the effect at which it breaks even."""

    cost: float
    gain: Estimate
    net: Estimate
    break_even: float | None  # points; None: no effect pays for it


def evaluate(case: Case, base: Base) -> Answer:
    """Return what the case costs and brings over the base's horizon, at present value."""
    cost = case.cost_once + case.cost_yearly * annuity(
        1.0, discount_rate=base.discount_rate, years=base.years
    )
    gains = Estimate(
        gain(base, case.points), gain(base, case.points_low), gain(base, case.points_high)
    )
    net = Estimate(*(value - cost for value in gains))
    return Answer(cost, gains, net, break_even(cost, base))


def break_even(cost: float, base: Base) -> float | None:
    """Return the rise of retention that just pays the cost; None where even 100 % would not."""
    low, high = 0.0, 1 - base.retention
    if cost > gain(base, high):
        return None
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if gain(base, middle) < cost else (low, middle)
    return high


def with_retention(base: Base, retention: float) -> Base:
    """Return the same base under another retention: the worth moves with it."""
    moved = gain(base, retention - base.retention)
    lost = base.customers * (1 - retention)
    return replace(base, lost=lost, worth=base.worth + moved)
