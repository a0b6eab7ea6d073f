"""What customer equity and profit would be under another retention, margin, discount rate or cost.

Arithmetic on a valuation, not a new estimate: the forecast of each future year is moved, discounted
at mid-year and set in proportion to today's, so that levers left alone change nothing.

    E' = E * sum_k y_k (r' / r)^t_k (m' / m) / (1 + d')^t_k / sum_k y_k / (1 + d)^t_k

with t_k = k - 1/2, the middle of year k.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mainstay.analysis.numerics.arrays import Floats
from mainstay.analysis.numerics.intervals import Estimate

from .retention import check_rate


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Where the levers stand; shares from 0 to 1, the discount rate a year.

    Args:
        retention: share that stays a year, as the forecast implies; None where it is not known.
        margin: gross margin as a share of revenue.
        discount_rate: a year, above −1.
    """

    retention: float | None
    margin: float
    discount_rate: float

    def __post_init__(self) -> None:
        check_rate(self.discount_rate)
        if self.retention is not None and not 0 < self.retention <= 1:
            raise ValueError(
                f"A retention of {self.retention:g} is none. Give a share above 0 and up to 1."
            )
        if not -1 <= self.margin <= 1:
            raise ValueError(f"A margin of {self.margin:g} is none. Give a share of revenue.")


def equity(
    today: Estimate, yearly: Sequence[float], *, now: Policy, then: Policy, months: int
) -> Estimate:
    """Return customer equity under other levers, its interval moved in the same proportion.

    Args:
        today: equity now, in minor units.
        yearly: margin expected in each year of the horizon, not discounted; the last year may be
            a part of one.
        now, then: the levers as they stand, and as they are moved.
        months: horizon.

    Raises:
        ValueError: the margin now is not above 0, or a retention is moved that is not known.
    """
    before, after = (flows(yearly, now=now, then=each, months=months) for each in (now, then))
    ratio = float(after.sum() / before.sum())
    return Estimate(*(ratio * value for value in today))


def flows(yearly: Sequence[float], *, now: Policy, then: Policy, months: int) -> Floats:
    """Return the present value of each future year under the levers `then`."""
    if now.margin <= 0:
        raise ValueError(
            "The gross margin is not above zero, so there is no value that could be moved."
        )
    if then.retention is not None and now.retention is None:
        raise ValueError("The forecast is too short for a retention, so that cannot be moved.")
    middle = _middles(len(yearly), months)
    stay = 1.0
    if then.retention is not None and now.retention is not None:
        stay = then.retention / now.retention
    factor = (stay / (1 + then.discount_rate)) ** middle
    return np.asarray(yearly, float) * then.margin / now.margin * factor


def retention(yearly: Sequence[float], *, months: int) -> float | None:
    """Return the share of the value of a year that the next one keeps, in the geometric mean.

    It is the retention that a forecast implies: at most 1, and None for less than two whole years.
    """
    whole = yearly[: months // 12]
    if len(whole) < 2 or min(whole) <= 0:
        return None
    return float(min((whole[-1] / whole[0]) ** (1 / (len(whole) - 1)), 1.0))


def _middles(years: int, months: int) -> Floats:
    ends = np.minimum(np.arange(1, years + 1), months / 12)
    return np.asarray((ends + np.arange(years)) / 2)


def relief(costs: Mapping[str, int], then: Mapping[str, int]) -> dict[str, float]:
    """Return what part of its cost each activity loses; below zero where it grows.

    Args:
        costs: cost of a year of each activity, in minor units.
        then: the costs that are moved.

    Raises:
        ValueError: an activity that is not there, that costs nothing, or a cost below zero.
    """
    for name, cost in then.items():
        if costs.get(name, 0) <= 0:
            raise ValueError(f"There is no activity {name} with a cost that could be moved.")
        if cost < 0:
            raise ValueError(f"The cost of {name} is negative; a cost is zero or more.")
    return {name: 1 - cost / costs[name] for name, cost in then.items() if cost != costs[name]}
