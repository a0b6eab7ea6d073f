"""Customers drawn from a model: what would be seen, and what would follow, if the model were true.

For checks of a fit, for questions of power (would 500 customers do?) and for tests of the models.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime.beta_geometric import BetaGeometric
from mainstay.analysis.lifetime.nbd import Nbd
from mainstay.analysis.lifetime.pareto_nbd import ParetoNbd
from mainstay.analysis.numerics.arrays import Floats, Histories, numbers

Drawable = BetaGeometric | ParetoNbd | Nbd


class Drawn(NamedTuple):
    """Histories until T, and the number of purchases of the same customers afterwards."""

    histories: Histories
    later: Floats


def draw(model: Drawable, *, T: Floats, rng: np.random.Generator, later: float = 0.0) -> Drawn:
    """Return new customers seen for the times T, and what they buy in the time after."""
    length = numbers("T", T)
    rates = rng.gamma(model.r, 1.0 / model.alpha, length.size)
    end, leaving = _dropout(model, length + later, rng)
    x, t_x, after = np.zeros_like(length), np.zeros_like(length), np.zeros_like(length)
    clock = rng.exponential(1.0, length.size) / rates
    active = np.flatnonzero(clock <= end)
    while active.size:
        seen = active[clock[active] <= length[active]]
        x[seen] += 1
        t_x[seen] = clock[seen]
        after[active] += clock[active] > length[active]
        active = active[rng.random(active.size) >= leaving[active]]
        clock[active] += rng.exponential(1.0, active.size) / rates[active]
        active = active[clock[active] <= end[active]]
    return Drawn(Histories(x, t_x, length, None), after)


def _dropout(model: Drawable, end: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return until when each customer may buy, and the probability of leaving at a purchase."""
    never = np.zeros_like(end)
    if isinstance(model, Nbd) or not model.dropout:
        return end, never
    if isinstance(model, ParetoNbd):
        lifetimes = rng.exponential(1.0, end.size) / rng.gamma(model.s, 1.0 / model.beta, end.size)
        return np.minimum(end, lifetimes), never
    leaving = rng.beta(model.a, model.b, end.size)
    gone = rng.random(end.size) < leaving * model.COINS
    return np.where(gone, -1.0, end), leaving
