"""The key account selection matrix: how attractive an account is, by how strong we are there.

After Millman and Wilson (1995) and McDonald, Rogers and Woodburn (2000). Both axes run from 0 to 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
CUTS = ("middle", "median")
# By (attractive, strong).
FIELDS = {
    (True, True): "strategic",  # invest: we are their choice, and they are ours
    (True, False): "star",  # win: worth more than we get
    (False, True): "status",  # keep with less effort: they buy, but promise little
    (False, False): "streamline",  # serve cheaply
}


@dataclass(frozen=True)
class Placed:
    """The field of each account, and where the fields meet; empty where an axis is not known."""

    fields: list[str]
    attractiveness_cut: float
    strength_cut: float
    undecided: NDArray[np.bool_]  # nearer to a cut than `margin`


def placed(
    attractiveness: ArrayLike, strength: ArrayLike, *, cut: str = "middle", margin: float = 0.05
) -> Placed:
    """Return the field of the matrix in which each account stands.

    Args:
        attractiveness, strength: from 0 to 1, one per account; NaN where not judged.
        cut: middle (0.5 on both axes) or median of the accounts; they give different fields.
        margin: nearer than this to a cut, the field is undecided.

    Raises:
        ValueError: different lengths, a value outside 0 to 1, or an unknown cut.
    """
    x, y = np.asarray(strength, dtype=float), np.asarray(attractiveness, dtype=float)
    if x.shape != y.shape:
        raise ValueError("Attractiveness and strength differ in length.")
    if ((x < 0) | (x > 1) | (y < 0) | (y > 1)).any():
        raise ValueError("Attractiveness and strength lie between 0 and 1.")
    if cut not in CUTS:
        raise ValueError(f"There is no cut “{cut}”; choose {' or '.join(CUTS)}.")
    known = ~(np.isnan(x) | np.isnan(y))
    middle = cut == "middle" or not known.any()
    at_x, at_y = (0.5, 0.5) if middle else (float(np.median(v[known])) for v in (x, y))
    strong, attractive = (x >= at_x).tolist(), (y >= at_y).tolist()
    fields = [
        FIELDS[a, s] if here else ""
        for a, s, here in zip(attractive, strong, known.tolist(), strict=True)
    ]
    near = known & ((np.abs(x - at_x) < margin) | (np.abs(y - at_y) < margin))
    return Placed(fields, at_y, at_x, near)
