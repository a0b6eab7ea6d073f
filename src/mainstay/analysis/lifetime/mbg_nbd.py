"""MBG/NBD: BG/NBD in which a customer may leave right after the very first purchase too.

Batislam, Denizel & Filiztekin (2007), International Journal of Research in Marketing 24(3); Hoppe &
Wagner (2007), Marketing - Journal of Research and Management 3(2). The model for bases with many
who bought once: they are not alive for certain. x = repeat purchases, t_x = time of the last one
since the first, T = length of observation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import beta_geometric
from mainstay.analysis.lifetime.prior import Prior
from mainstay.analysis.numerics.arrays import histories


@dataclass(frozen=True, kw_only=True)
class MbgNbd(beta_geometric.BetaGeometric):
    """Fitted MBG/NBD; alpha has the unit of T. Without dropout, a is 0 and b plays no part."""

    COINS: ClassVar[int] = 1


def fit(
    *,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    weights: ArrayLike | None = None,
    prior: Prior | None = None,
) -> MbgNbd:
    """Return the maximum-likelihood MBG/NBD, or raise ValueError with a sentence.

    Where the best MBG/NBD lies on the boundary without dropout, the result says so (dropout is
    False, note is a sentence) and its forecasts are those of NBD.
    """
    return beta_geometric.fit(MbgNbd, histories(frequency, recency, T, weights), prior)
