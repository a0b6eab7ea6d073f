"""Purchase histories in days beside what the whole base did on each day: time with a calendar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.purchase_model import customers
from mainstay.analysis.numerics.arrays import Floats, Integers, counts, same_length


@dataclass(frozen=True)
class Dated:
    """Customers known at the end of an observation, and the days on which all of them bought."""

    x: Floats
    t_x: Floats  # days
    T: Floats  # days
    born: Floats  # first purchases on each day, the last one the end of the observation
    repeats: Floats  # repeat purchases on each of these days

    @property
    def days(self) -> int:
        """Return how many days were observed."""
        return self.born.size

    def part(self, chosen: Integers) -> Dated:
        """Return some of the customers, beside the daily counts of all."""
        return Dated(self.x[chosen], self.t_x[chosen], self.T[chosen], self.born, self.repeats)


def dated(
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    born: ArrayLike,
    bought: ArrayLike,
) -> Dated:
    """Return checked histories, or raise ValueError with a sentence.

    Args:
        frequency, recency, T: in days, up to the end of the observation.
        born: how many customers made their first purchase on each day, the end last.
        bought: how many customers bought on each of these days, first purchases included.
    """
    x, t_x, length = customers(frequency, recency, T)
    births, all_bought = counts("born", born), counts("bought", bought)
    same_length(born=births, bought=all_bought)
    if x.size == 0:
        raise ValueError("There are no customers, so there is nothing to compare.")
    if length.max() > births.size - 1:
        i = int(np.argmax(length))
        raise ValueError(
            f"T: element {i} is {length[i]:g}, but born has {births.size} days. Give one count for"
            " each day from the first purchase of all to the end, 0 where nobody came."
        )
    if (births > all_bought).any():
        i = int(np.argmax(births > all_bought))
        raise ValueError(
            f"bought: element {i} is {all_bought[i]:g}, but {births[i]:g} customers made their"
            " first purchase on that day. Count first purchases too."
        )
    return Dated(x, t_x, length, births, all_bought - births)
