"""Weighted ranking of accounts: a score on each criterion, times its weight, summed.

    total_i = sum over criteria c of  w_c * s_ic

Weights are taken as they are: what does not add up to 1 is shown (`Ranking.weight_sum`), never
rescaled. An account that is not rated on a criterion gets nothing for it; `Ranking.coverage` says
how much of the weight it was judged by.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Criterion:
    """What accounts are compared by, and how much it counts."""

    name: str
    weight: float  # a share of one, such as 0.19
    lower_is_better: bool = False
    nothing_up_to: float | None = None  # values up to here score 0: a gap that is none
    low: float | None = None  # of the value scale: what scores 0; without, the lowest rating
    high: float | None = None  # what scores 1; without, the highest rating

    @property
    def sign(self) -> float:
        """Return -1 where the lowest value is the best."""
        return -1.0 if self.lower_is_better else 1.0


@dataclass(frozen=True)
class Ranking:
    """One row per account: scores by criterion, total, place (1 is best; ties share one)."""

    scores: Floats  # accounts x criteria, NaN where not rated
    totals: Floats
    places: Integers
    coverage: Floats  # share of the weights' sum by which each account was judged
    weight_sum: float


Scale = Callable[[Floats, Criterion], Floats]


def by_rank(values: Floats, criterion: Criterion) -> Floats:
    """Return n for the best of n accounts, n - 1 for the next; equals share the highest rank."""
    rated = np.sort(values[~np.isnan(values)])
    better = rated.size - np.searchsorted(rated, values, side="right")
    return np.where(np.isnan(values), np.nan, values.size - better)


def by_value(values: Floats, criterion: Criterion) -> Floats:
    """Return where each value lies from low (0) to high (1); beyond them it is as at the end."""
    if np.isnan(values).all():
        return values
    low = np.nanmin(values) if criterion.low is None else criterion.sign * criterion.low
    high = np.nanmax(values) if criterion.high is None else criterion.sign * criterion.high
    low, high = min(low, high), max(low, high)
    if low == high:
        return np.where(np.isnan(values), np.nan, 1.0)
    return np.clip((values - low) / (high - low), 0.0, 1.0)


def by_deviation(values: Floats, criterion: Criterion) -> Floats:
    """Return z-scores: by how many standard deviations (n - 1) a value exceeds the mean."""
    rated = values[~np.isnan(values)]
    deviation = rated.std(ddof=1) if rated.size > 1 else 0.0
    if deviation == 0:
        return np.where(np.isnan(values), np.nan, 0.0)
    return np.asarray((values - rated.mean()) / deviation)


SCALES: dict[str, Scale] = {"rank": by_rank, "value": by_value, "deviation": by_deviation}


def ranking(ratings: ArrayLike, criteria: Sequence[Criterion], *, scale: str = "rank") -> Ranking:
    """Return the weighted ranking of accounts.

    Args:
        ratings: accounts x criteria; NaN where an account is not rated.
        criteria: in the order of the columns.
        scale: rank, value or deviation.

    Raises:
        ValueError: another number of columns than criteria, an infinite rating, a negative weight,
            or an unknown scale.
    """
    table, weights = _checked(ratings, criteria, scale)
    columns = [_scored(table[:, c], criteria[c], SCALES[scale]) for c in range(len(criteria))]
    scores = np.stack(columns, axis=1) if columns else np.empty((table.shape[0], 0))
    known = np.where(np.isnan(scores), 0.0, scores)
    whole = float(weights.sum())
    covered = (~np.isnan(scores)).astype(float) @ weights
    totals = known @ weights
    return Ranking(scores, totals, places(totals), covered / whole if whole else covered, whole)


def places(totals: Floats) -> Integers:
    """Return the place of each total, 1 for the highest; equals share the better place."""
    rounded = np.round(totals, 12)  # 0.1 + 0.2 and 0.3 are the same total
    ordered = np.sort(rounded)
    return np.asarray(totals.size - np.searchsorted(ordered, rounded, side="right") + 1)


def _scored(values: Floats, criterion: Criterion, scale: Scale) -> Floats:
    scores = scale(criterion.sign * values, criterion)
    if criterion.nothing_up_to is None:
        return scores
    return np.where(values <= criterion.nothing_up_to, 0.0, scores)


def _checked(
    ratings: ArrayLike, criteria: Sequence[Criterion], scale: str
) -> tuple[Floats, Floats]:
    table = np.asarray(ratings, dtype=float).reshape(-1, len(criteria))
    for row, column in np.argwhere(np.isinf(table))[:1]:
        name = criteria[column].name
        raise ValueError(f"Account {row}: “{name}” is infinite. Give a number, or leave it out.")
    if scale not in SCALES:
        raise ValueError(f"There is no scale “{scale}”; choose {', '.join(SCALES)}.")
    for criterion in criteria:
        if not 0 <= criterion.weight < np.inf:
            raise ValueError(f"The weight of “{criterion.name}” must be 0 or more.")
    return table, np.array([criterion.weight for criterion in criteria], dtype=float)
