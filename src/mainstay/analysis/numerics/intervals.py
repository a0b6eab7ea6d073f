"""Intervals of counts, shares and means in closed form: cheap enough to work out on a page."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple


class Estimate(NamedTuple):
    """A figure with both ends of its interval."""

    value: float
    low: float
    high: float


def wilson(k: float, n: float, *, level: float = 0.95) -> Estimate:
    """Return the share k / n with Wilson's interval, which stays within 0 and 1.

    Raises:
        ValueError: k is not within 0 and n, or n is 0.
    """
    if not 0 <= k <= n or n == 0:
        raise ValueError(f"{k} of {n} is no share. Give a count within a number above 0.")
    z, share = two_sided(level), k / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Estimate(share, max(middle - half, 0.0), min(middle + half, 1.0))


def count(n: float, *, level: float = 0.95) -> Estimate:
    """Return a count of independent events with Byar's interval for a Poisson mean.

    Raises:
        ValueError: n is negative.
    """
    if n < 0:
        raise ValueError(f"{n} is no count. Give 0 or more.")
    z = two_sided(level)
    low = n * (1 - 1 / (9 * n) - z / (3 * math.sqrt(n))) ** 3 if n else 0.0
    m = n + 1
    return Estimate(n, max(low, 0.0), m * (1 - 1 / (9 * m) + z / (3 * math.sqrt(m))) ** 3)


def mean(n: int, total: float, squares: float, *, level: float = 0.95) -> Estimate | None:
    """Return a mean from n, the sum and the sum of squares; None under two values."""
    if n < 2:
        return None
    half = two_sided(level) * math.sqrt(variance_of_mean(n, total, squares))
    return Estimate(total / n, total / n - half, total / n + half)


def variance_of_mean(n: int, total: float, squares: float) -> float:
    """Return the squared standard error of a mean of at least two values."""
    return max(squares - total * total / n, 0.0) / (n - 1) / n


def two_sided(level: float) -> float:
    """Return the normal quantile of a two-sided interval.

    Raises:
        ValueError: level is no probability between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}. Give a probability between 0 and 1, such as 0.95.")
    return NormalDist().inv_cdf(0.5 + level / 2)
