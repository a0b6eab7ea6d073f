"""The sum of estimates that each have an interval."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sum:
    """A sum with two intervals of the same level as its parts.

    `low` to `high` holds if the parts err independently of each other: the distances to the ends
    are added as squares, on each side by itself. `lowest` to `highest` holds however they hang
    together: the ends are added.
    """

    n: int
    value: float
    low: float
    high: float
    lowest: float
    highest: float


def summed(parts: Iterable[tuple[float, float, float]]) -> Sum:
    """Return the sum of (value, low, high).

    >>> summed([(10.0, 7.0, 14.0), (20.0, 16.0, 23.0)])
    Sum(n=2, value=30.0, low=25.0, high=35.0, lowest=23.0, highest=37.0)
    """
    rows = list(parts)
    value = math.fsum(each for each, _low, _high in rows)
    below = math.hypot(*(each - low for each, low, _high in rows))
    above = math.hypot(*(high - each for each, _low, high in rows))
    lowest = math.fsum(low for _each, low, _high in rows)
    highest = math.fsum(high for _each, _low, high in rows)
    return Sum(len(rows), value, value - below, value + above, lowest, highest)
