"""How far a weight can move before a weighted ranking changes.

A total is linear in each weight, so two accounts change places where their lines cross:

    T_i + d * s_ic = T_j + d * s_jc    at    d = (T_j - T_i) / (s_ic - s_jc)

One weight moves at a time; the others stay as they are. A weight does not become negative.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .ranking import Criterion, Floats, Integers, Ranking

CLOSE = 1e-12


@dataclass(frozen=True)
class Change:
    """Where a moving weight first lets an account into the first k, and which one leaves."""

    weight: float
    enters: int  # rows of the ranking
    leaves: int


@dataclass(frozen=True)
class Range:
    """Within which a weight can move; None where no change comes, however far it moves."""

    lowest: float | None  # down to here all places stay
    highest: float | None
    down: Change | None  # the first change among the first k, when the weight falls
    up: Change | None


def sensitivity(found: Ranking, criteria: Sequence[Criterion], *, first: int) -> list[Range]:
    """Return for each criterion how far its weight can move; who share a place may part before.

    Args:
        found: the ranking.
        criteria: as it was made from.
        first: k, how many accounts are to be chosen.
    """
    known = np.where(np.isnan(found.scores), 0.0, found.scores)
    return [
        _range(_Moving(found, known[:, place], criterion.weight), first)
        for place, criterion in enumerate(criteria)
    ]


@dataclass(frozen=True)
class _Moving:
    """The totals as lines over the weight of one criterion."""

    found: Ranking
    scores: Floats
    weight: float

    def reached(self, sign: int, step: Floats) -> Floats:
        """Return the steps in a direction that leave the weight at 0 or more, else infinity."""
        return np.where(self.weight + sign * step >= -CLOSE, step, np.inf)

    def steps(self, sign: int, ahead: Integers, behind: Integers) -> Floats:
        """Return how far it moves until those behind draw level with those ahead."""
        gap = np.maximum(self.found.totals[ahead] - self.found.totals[behind], 0.0)
        slope = sign * (self.scores[behind] - self.scores[ahead])
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.reached(sign, np.where(slope > 0, gap / slope, np.inf))

    def first_swap(self, sign: int) -> float | None:
        """Return the weight at which two accounts first change places: they are neighbours."""
        ordered = np.lexsort((-sign * self.scores, self.found.places))
        nearest = self.steps(sign, ordered[:-1], ordered[1:]).min(initial=np.inf)
        return None if np.isinf(nearest) else max(self.weight + sign * float(nearest), 0.0)

    def first_entry(self, sign: int, first: int) -> Change | None:
        """Return the first crossing of a chosen account and another."""
        ordered = np.lexsort((np.arange(self.scores.size), self.found.places))
        inside, outside = ordered[:first], ordered[first:]
        steps = self.steps(sign, inside[:, None], outside[None, :])
        if np.isinf(nearest := steps.min(initial=np.inf)):
            return None
        row, column = np.unravel_index(np.argmin(steps), steps.shape)
        weight = max(self.weight + sign * float(nearest), 0.0)
        return Change(weight, int(outside[column]), int(inside[row]))


def _range(moving: _Moving, first: int) -> Range:
    return Range(
        lowest=moving.first_swap(-1),
        highest=moving.first_swap(1),
        down=moving.first_entry(-1, first),
        up=moving.first_entry(1, first),
    )
