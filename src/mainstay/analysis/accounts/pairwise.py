"""Weights from pairwise judgements: the analytic hierarchy process of Saaty.

    A w = λ w,   CI = (λ - n) / (n - 1),   CR = CI / RI

a_ij says how many times more i matters than j; a_ji is its reciprocal. Judgements that are missing
are those that make the others most consistent (smallest λ; Bozóki, Fülöp and Rónyai 2010).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

ACCEPTED = 0.10
CLOSE = 1e-6  # of logarithms: 0.333333 is a third
# Mean CI of random matrices for n = 3, 4, …; the same judgements have another CR by another table.
RANDOM_INDEX: Mapping[str, tuple[float, ...]] = {
    "Saaty": (0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.51, 1.54, 1.56, 1.58, 1.59),
    "Donegan-Dodd": (0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733),
}


@dataclass(frozen=True)
class Judged:
    """Weights that add up to 1, and how consistent the judgements are."""

    weights: Floats
    eigenvalue: float
    consistency_ratio: float  # 0 where two things or fewer are compared
    table: str  # of random indices
    matrix: Floats  # with the missing judgements as they follow from the others
    doubtful: tuple[int, int] | None  # the judgement that contradicts the others most

    @property
    def accepted(self) -> bool:
        """Return whether the judgements are consistent enough to be used."""
        return self.consistency_ratio <= ACCEPTED


def judged(matrix: ArrayLike, *, table: str = "Saaty") -> Judged:
    """Return the weights that pairwise judgements mean.

    Args:
        matrix: n x n, reciprocal, ones on the diagonal, NaN where no judgement was made.
        table: of random indices, Saaty or Donegan-Dodd.

    Raises:
        ValueError: not square, not reciprocal, not positive, too few judgements to compare
            everything with everything, or more things than the table knows.
    """
    given = _checked(np.array(matrix, dtype=float), table)
    whole = _completed(given)
    value, weights = _principal(whole)
    n = len(whole)
    index = (value - n) / (n - 1) if n > 1 else 0.0
    ratio = index / RANDOM_INDEX[table][n - 3] if n > 2 else 0.0
    return Judged(weights, value, max(ratio, 0.0), table, whole, _doubtful(given, weights))


def together(matrices: Sequence[ArrayLike]) -> Floats:
    """Return the judgements of a group: geometric means, which stay reciprocal."""
    logs = np.stack([np.log(np.asarray(matrix, dtype=float)) for matrix in matrices])
    known = ~np.isnan(logs)
    with np.errstate(invalid="ignore"):
        means = np.where(known, logs, 0.0).sum(axis=0) / known.sum(axis=0)
    return np.asarray(np.exp(means))


def _completed(matrix: Floats) -> Floats:
    """Return the matrix with the missing judgements that make λ smallest, a convex problem."""
    missing = [(i, j) for i, j in np.argwhere(np.isnan(matrix)) if i < j]
    if not missing:
        return matrix

    def filled(logs: ArrayLike) -> Floats:
        whole = matrix.copy()
        for (i, j), log in zip(missing, np.asarray(logs), strict=True):
            whole[i, j], whole[j, i] = np.exp(log), np.exp(-log)
        return whole

    def inconsistency(logs: Any) -> float:
        return float(np.log(_principal(filled(logs))[0]))

    from scipy import optimize  # a third of a second of every start

    found = optimize.minimize(
        inconsistency,
        np.zeros(len(missing)),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 4000 * len(missing)},
    )
    return filled(found.x)


def _principal(matrix: Floats) -> tuple[float, Floats]:
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    vector = np.abs(vectors[:, place].real)
    return float(values[place].real), vector / vector.sum()


def _doubtful(given: Floats, weights: Floats) -> tuple[int, int] | None:
    """Return the pair whose a_ij w_j / w_i is farthest from 1, if any is."""
    off = np.abs(np.log(given * weights / weights[:, None]))
    off = np.where(np.isnan(off) | np.tri(len(off), dtype=bool), 0.0, off)
    if off.size == 0 or off.max() < CLOSE:
        return None
    i, j = np.unravel_index(np.argmax(off), off.shape)
    return int(i), int(j)


def _checked(matrix: Floats, table: str) -> Floats:
    """Return the judgements with their reciprocals, NaN where there is none."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise ValueError("Judgements are a square matrix: a row and a column for each thing.")
    most = len(RANDOM_INDEX[table]) + 2
    if len(matrix) > most:
        raise ValueError(f"Compare at most {most} things; group the criteria.")
    np.fill_diagonal(matrix, 1.0)
    if (matrix <= 0).any() or np.isinf(matrix).any():
        raise ValueError("A judgement must be above 0: 3 for three times, 1/3 for a third.")
    for i, j in np.argwhere(np.abs(np.log(matrix * matrix.T)) > CLOSE)[:1]:
        raise ValueError(f"The judgements of {i} and {j} must be each other's reciprocals.")
    mirrored = np.where(np.isnan(matrix), 1 / matrix.T, matrix)
    ways = np.linalg.matrix_power((~np.isnan(mirrored)).astype(float), len(mirrored))
    if not ways.all():
        raise ValueError("Some things are compared with no other, even by way of a third.")
    return np.asarray(mirrored)
