"""Whole amounts divided so that the parts add up to the whole."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_LARGEST = 2**63 - 1


def apportion(total: int, weights: Ints) -> Ints:
    """Return whole parts of `total` in proportion to the weights, by largest remainder.

    The parts add up to `total` exactly, each lies within one of its exact share, and equal
    remainders are served in the order of the weights, so the same input gives the same parts.

    >>> apportion(100, np.array([1, 1, 1]))
    array([34, 33, 33])

    Raises:
        ValueError: the total or a weight is negative, or there is something to divide among none.
    """
    weights = np.asarray(weights, np.int64)
    if total < 0 or (weights < 0).any():
        raise ValueError("The amount to divide and the weights must not be negative.")
    whole = sum_of(weights)
    if whole == 0:
        if total:
            raise ValueError(f"There is nobody to carry {total}: every weight is zero.")
        return np.zeros(len(weights), np.int64)
    each, rest = divmod(total, whole)
    # Exact where 64 bits are too few: Python's own whole numbers, slower.
    wide = int(weights.max()) * rest > _LARGEST
    scaled: Any = weights.astype(object) * rest if wide else weights * rest
    parts: Ints = weights * each + (scaled // whole).astype(np.int64)
    left = total - sum_of(parts)
    if left:
        remainders = np.asarray(scaled % whole)
        parts[np.argsort(-remainders, kind="stable")[:left]] += 1
    return parts


def apportion_within(totals: Ints, weights: NDArray[np.float64], group: Ints) -> Ints:
    """Return parts of each group's total in proportion to the weights within the group.

    Rounded cumulative sums: the parts of a group add up to its total exactly. A group without
    weight gives nothing to anybody.

    Args:
        totals: one whole amount for each group.
        weights: one for each row, not negative.
        group: the place of each row's group in `totals`, ascending.
    """
    if not len(weights):
        return np.zeros(0, np.int64)
    through = np.cumsum(weights)
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    before = np.repeat(np.r_[0.0, through[starts[1:] - 1]], np.diff(np.r_[starts, len(group)]))
    whole = np.bincount(group, weights, len(totals))[group]
    share = np.divide(through - before, whole, out=np.zeros(len(weights)), where=whole > 0)
    last = np.r_[starts[1:], len(group)] - 1
    share[last] = np.where(whole[last] > 0, 1.0, 0.0)
    reached = np.rint(np.clip(share, 0, 1) * totals[group]).astype(np.int64)
    earlier = np.r_[0, reached[:-1]]
    earlier[starts] = 0
    parts: Ints = reached - earlier
    return parts


def sum_of(values: Ints) -> int:
    """Return the sum as Python's whole number, exact also where 64 bits are too few."""
    if len(values) and int(np.abs(values).max()) > _LARGEST // len(values):
        return int(values.astype(object).sum())
    return int(values.sum())
