"""BG/NBD: purchases at rates Gamma(r, alpha), dropout after a purchase with probability Beta(a, b).

Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way", Marketing Science 24(2).
x = repeat purchases, t_x = time of the last one since the first, T = length of observation.
A customer without a repeat purchase is alive with probability 1: there was no coin yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import beta_geometric
from mainstay.analysis.lifetime.prior import Prior
from mainstay.analysis.numerics.arrays import histories


@dataclass(frozen=True, kw_only=True)
class BgNbd(beta_geometric.BetaGeometric):
    """Fitted BG/NBD; alpha has the unit of T. Without dropout, a is 0 and b plays no part."""


def fit(
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    weights: ArrayLike | None = None,
    prior: Prior | None = None,
) -> BgNbd:
    """Return the maximum-likelihood BG/NBD, or raise ValueError with a sentence.

    Where the best BG/NBD lies on the boundary without dropout, the result says so (dropout is
    False, note is a sentence) and its forecasts are those of NBD.
    """
    return beta_geometric.fit(BgNbd, histories(frequency, recency, T, weights), prior)
