"""Customers drawn from a fitted model: what would be seen if the model were true.

For checks of a fit, power questions ("would 500 customers do?") and tests of the models themselves.
"""

from __future__ import annotations

import numpy as np

from mainstay.analysis.lifetime.beta_geometric import BetaGeometric
from mainstay.analysis.lifetime.nbd import Nbd
from mainstay.analysis.lifetime.pareto_nbd import ParetoNbd
from mainstay.analysis.numerics.arrays import Floats, Histories, numbers


def histories(
    model: BetaGeometric | ParetoNbd | Nbd, *, T: Floats, rng: np.random.Generator
) -> Histories:
    """Return the histories of new customers, observed for the times T."""
    end = numbers("T", T)
    rates = rng.gamma(model.r, 1.0 / model.alpha, end.size)
    last_chance, leaving = _dropout(model, end, rng)
    x, t_x = np.zeros_like(end), np.zeros_like(end)
    clock = rng.exponential(1.0, end.size) / rates
    active = np.flatnonzero(clock <= last_chance)
    while active.size:
        x[active] += 1
        t_x[active] = clock[active]
        active = active[rng.random(active.size) >= leaving[active]]
        clock[active] += rng.exponential(1.0, active.size) / rates[active]
        active = active[clock[active] <= last_chance[active]]
    return Histories(x, t_x, end, None)


def _dropout(
    model: BetaGeometric | ParetoNbd | Nbd, end: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return until when each customer may buy and the probability of leaving at a purchase."""
    never = np.zeros_like(end)
    if isinstance(model, Nbd) or not model.dropout:
        return end, never
    if isinstance(model, ParetoNbd):
        lifetimes = rng.exponential(1.0, end.size) / rng.gamma(model.s, 1.0 / model.beta, end.size)
        return np.minimum(end, lifetimes), never
    leaving = rng.beta(model.a, model.b, end.size)
    gone = rng.random(end.size) < leaving * model.COINS
    return np.where(gone, -1.0, end), leaving
