"""Do customers who buy more often spend more at a time? Gamma-Gamma assumes they do not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime.estimates import two_sided
from mainstay.analysis.numerics.arrays import Floats, dot


class Correlation(NamedTuple):
    """Pearson correlation with its 95 % interval (Fisher's z) and the number of customers."""

    r: float
    low: float
    high: float
    n: float


def correlation(x: Floats, y: Floats, weights: Floats) -> Correlation:
    """Return the correlation of x and y; 0 within -1 .. 1 where it cannot be known."""
    n = float(weights.sum())
    dx, dy = x - dot(weights, x) / n, y - dot(weights, y) / n
    scale = float(np.sqrt(dot(weights, dx * dx) * dot(weights, dy * dy)))
    if n <= 3 or scale == 0:
        return Correlation(0.0, -1.0, 1.0, n)
    r = float(np.clip(dot(weights, dx * dy) / scale, -1.0, 1.0))
    z = np.arctanh(np.clip(r, -1 + 1e-15, 1 - 1e-15))
    reach = two_sided(0.95) / np.sqrt(n - 3)
    return Correlation(r, float(np.tanh(z - reach)), float(np.tanh(z + reach)), n)
