"""The distribution of the number of purchases of customers who are active."""

from __future__ import annotations

import numpy as np

from mainstay.analysis.lifetime.future import Heterogeneity
from mainstay.analysis.numerics.arrays import Floats
from mainstay.analysis.numerics.distinct import Pairs


def negative_binomial(R: Floats, A: Floats, t: Floats | float, most: int) -> Floats:
    """Return P(n purchases within t) at rates Gamma(R, A) that never stop: a row per n."""
    n = np.arange(1.0, most + 1)[:, None]
    steps = np.log((R + n - 1.0) / n)
    with np.errstate(divide="ignore"):
        steps = steps + (np.log(t) - np.log(A + t))
    start = -R * np.log1p(t / A)
    return np.asarray(np.exp(np.cumsum(np.vstack([start[None, :], steps]), axis=0)))


def with_coins(h: Heterogeneity, pairs: Pairs, t: float, most: int) -> Floats:
    """Return P(n purchases within t | alive) where a coin Beta(a, b + x) follows each purchase.

    Equation 8 of Fader, Hardie & Lee (2005) at r + x, alpha + T, a, b + x.
    """
    plain = negative_binomial(h.r + pairs.x, h.alpha + pairs.T, t, most)
    if h.a == 0:
        return plain
    b = h.b + pairs.x
    n = np.arange(1.0, most + 1)[:, None]
    survived = np.exp(np.cumsum(np.log1p(-h.a / (h.a + b + n - 1.0)), axis=0))
    reached = np.maximum(1.0 - np.cumsum(plain, axis=0)[:-1], 0.0)  # P(at least n)
    found = plain.copy()
    found[1:] *= survived
    found[1:] += survived * h.a / (b + n - 1.0) * reached
    return found
