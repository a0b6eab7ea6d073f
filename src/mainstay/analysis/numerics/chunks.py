"""Work on long arrays in pieces that fit the processor's cache.

One after another: NumPy gives the interpreter lock away for the few microseconds of an operation
on a piece, and threads that pass it on that often took half as long again as one alone. Threads pay
beside work that leaves the lock alone for long, as engines do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from mainstay.analysis.numerics.arrays import Floats

T = TypeVar("T")

CHUNK = 8_192  # a few columns stay in a cache; and BLAS starts no threads of its own for so few


def over(size: int, work: Callable[[slice], T], chunk: int = CHUNK) -> list[T]:
    """Return work(slice) for consecutive slices that cover 0 .. size, in order."""
    return [work(slice(i, min(i + chunk, size))) for i in range(0, size, chunk)]


def filled(rows: int, size: int, work: Callable[[slice], Floats]) -> Floats:
    """Return rows of the given size, of which work(slice) gives consecutive columns."""
    table = np.empty((rows, size))

    def piece(part: slice) -> None:
        table[:, part] = work(part)

    over(size, piece, 2 * CHUNK)
    return table


def joined(pieces: list[Floats], rows: int = 1) -> Floats:
    """Return pieces side by side."""
    if not pieces:
        return np.zeros((rows, 0)) if rows > 1 else np.zeros(0)
    return np.concatenate(pieces, axis=-1)
