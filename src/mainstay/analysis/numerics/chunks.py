"""Work on long arrays in pieces that fit the processor's cache, on all processors.

NumPy releases the interpreter lock inside its loops, so plain threads suffice.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

import numpy as np

from mainstay.analysis.numerics.arrays import Floats

T = TypeVar("T")
S = TypeVar("S")

CHUNK = 8_192  # eight columns fill a cache; and BLAS starts no threads of its own for so few

THREADS = "chunks-"


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system knows affinities
        return os.cpu_count() or 1


@lru_cache(maxsize=1)
def _pool(process: int) -> ThreadPoolExecutor:
    # keyed by process: threads do not survive a fork
    return ThreadPoolExecutor(max_workers=processors(), thread_name_prefix=f"{THREADS}{process}")


def each(work: Callable[[S], T], pieces: Sequence[S]) -> list[T]:
    """Return work(piece) for each piece, in order, in parallel."""
    within = threading.current_thread().name.startswith(THREADS)  # would wait for itself
    if within or len(pieces) < 3 or processors() == 1:
        return [work(piece) for piece in pieces]
    return list(_pool(os.getpid()).map(work, pieces))


def ahead(work: Callable[[S], T], pieces: Iterable[S]) -> Iterator[T]:
    """Yield work(piece) for each piece as they come, in order, at most a few pieces ahead."""
    waiting: deque[Future[T]] = deque()
    for piece in pieces:
        waiting.append(_pool(os.getpid()).submit(work, piece))
        if len(waiting) > processors():
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def over(size: int, work: Callable[[slice], T], chunk: int = CHUNK) -> list[T]:
    """Return work(slice) for consecutive slices that cover 0 .. size, in order, in parallel."""
    return each(work, [slice(i, min(i + chunk, size)) for i in range(0, size, chunk)])


def filled(rows: int, size: int, work: Callable[[slice], Floats]) -> Floats:
    """Return rows of the given size, of which work(slice) gives consecutive columns."""
    table = np.empty((rows, size))

    def piece(part: slice) -> None:
        table[:, part] = work(part)

    over(size, piece, 2 * CHUNK)  # fewer hand-overs between threads
    return table


def joined(pieces: list[Floats], rows: int = 1) -> Floats:
    """Return pieces side by side."""
    if not pieces:
        return np.zeros((rows, 0)) if rows > 1 else np.zeros(0)
    return np.concatenate(pieces, axis=-1)
