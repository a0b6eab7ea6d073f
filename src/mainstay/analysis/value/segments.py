"""RFM segments: a name for each cell of recency score by combined frequency and monetary score."""

import numpy as np
import numpy.typing as npt

# Rows: recency score 5 (latest) to 1. Columns: mean of frequency and monetary score, 1 to 5.
GRID: tuple[tuple[str, ...], ...] = (
    ("new", "potential", "potential", "champion", "champion"),
    ("promising", "potential", "potential", "loyal", "champion"),
    ("sleepy", "sleepy", "attention", "loyal", "loyal"),
    ("hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"),
    ("lost", "lost", "at_risk", "at_risk", "cannot_lose"),
)
NAMES: tuple[str, ...] = (
    "champion",
    "loyal",
    "potential",
    "new",
    "promising",
    "attention",
    "sleepy",
    "at_risk",
    "cannot_lose",
    "hibernating",
    "lost",
)


_PLACES = np.array([[NAMES.index(name) for name in row] for row in GRID], dtype=np.int8)


def segment(*, r: npt.ArrayLike, f: npt.ArrayLike, m: npt.ArrayLike) -> npt.NDArray[np.int8]:
    """Return each customer's segment as its place in NAMES, from scores 1 to 5 with 5 best.

    The frequency and monetary scores are averaged and a half is rounded up.

    Raises:
        ValueError: a score lies outside 1 to 5.
    """
    scores = [np.asarray(score, dtype=np.int64) for score in (r, f, m)]
    for name, score in zip("rfm", scores, strict=True):
        if score.size and (score.min() < 1 or score.max() > 5):
            raise ValueError(f"score {name} must lie from 1 to 5; score the customers first")
    recency, frequency, monetary = scores
    places: npt.NDArray[np.int8] = _PLACES[5 - recency, (frequency + monetary + 1) // 2 - 1]
    return places
