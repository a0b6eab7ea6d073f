"""Forecasts depend on (x, T) alone once a customer is alive: find the distinct pairs once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mainstay.analysis.numerics.arrays import Floats, Histories, Integers


@dataclass(frozen=True)
class Pairs:
    """Distinct (x, T), ordered by x, and for each customer the place of the pair."""

    x: Floats
    T: Floats
    place: Integers

    def by_x(self) -> list[slice]:
        """Return one slice of the pairs per distinct x."""
        starts = np.flatnonzero(np.diff(self.x, prepend=-1.0))
        ends = np.append(starts, self.x.size)[1:]
        return [slice(int(i), int(j)) for i, j in zip(starts, ends, strict=True)]

    def spread(self, table: Floats) -> Floats:
        """Return the rows of a table over pairs as rows over customers."""
        return np.take(table, self.place, axis=-1)


def distinct_pairs(x: Floats, T: Floats) -> Pairs:
    """Return the distinct pairs of x and T."""
    lengths, place_T = distinct(T)
    values, place_x = distinct(x)
    if values.size * lengths.size > 4 * x.size + 1024:
        return _each_its_own(x, T)
    key = place_x * lengths.size + place_T
    present = np.bincount(key, minlength=values.size * lengths.size) > 0
    pairs = np.flatnonzero(present)
    place = (np.cumsum(present) - 1)[key]
    return Pairs(values[pairs // lengths.size], lengths[pairs % lengths.size], place)


def _each_its_own(x: Floats, T: Floats) -> Pairs:
    """Return one pair per customer, where almost all are distinct: cheaper than to look closer."""
    order = np.argsort(x.astype(np.int32), kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    return Pairs(x[order], T[order], place)


def distinct(values: Floats) -> tuple[Floats, Integers]:
    """Return the sorted distinct values and the place of each element among them."""
    whole = values.astype(np.int64)
    if values.size and whole.max() <= 4 * values.size + 1024 and np.array_equal(whole, values):
        present = np.bincount(whole) > 0
        return np.flatnonzero(present).astype(np.float64), (np.cumsum(present) - 1)[whole]
    found, place = np.unique(values, return_inverse=True)
    return found, place


def distinct_histories(h: Histories) -> Histories:
    """Return each history once, with the number of customers who share it as its weight."""
    values, places = zip(*(distinct(column) for column in (h.x, h.t_x, h.T)), strict=True)
    sizes = [float(v.size) for v in values]
    if h.x.size == 0 or sizes[0] * sizes[1] * sizes[2] >= 2.0**62:
        return h
    key = (places[0] * values[1].size + places[1]) * values[2].size + places[2]
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    weights = np.bincount(place, weights=h.weights).astype(np.float64)
    return Histories(h.x[first], h.t_x[first], h.T[first], weights)
