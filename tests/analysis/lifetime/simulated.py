"""Customers drawn from known parameters: what the models must find back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class World(NamedTuple):
    """True parameters, and the lengths of calibration and hold-out."""

    r: float = 0.6
    alpha: float = 40.0
    a: float = 0.8
    b: float = 2.4
    p: float = 4.0
    q: float = 3.7
    v: float = 300.0
    T: float = 400.0
    t: float = 365.0


class Drawn(NamedTuple):
    """Histories of the calibration period, and what happened afterwards."""

    frequency: np.ndarray
    recency: np.ndarray
    T: np.ndarray
    monetary: np.ndarray
    later: np.ndarray
    spent_later: np.ndarray

    @property
    def histories(self) -> dict[str, np.ndarray]:
        return {"frequency": self.frequency, "recency": self.recency, "T": self.T}


def draw(n: int, world: World | None = None, seed: int = 1, rate: float = 0.0) -> Drawn:
    """Return n customers who started at different times up to half the period late."""
    w = world or World()
    rng = np.random.default_rng(seed)
    level = w.p / rng.gamma(w.q, 1 / w.v, n)  # p / nu
    speed, leaving = rng.gamma(w.r, 1 / w.alpha, n), rng.beta(w.a, w.b, n)
    length = rng.uniform(w.T / 2, w.T, n)
    x, t_x, spent, later, spent_later = (np.zeros(n) for _ in range(5))
    clock = rng.exponential(1 / speed)
    active = clock < length + w.t
    while active.any():
        i = np.flatnonzero(active)
        amount = rng.gamma(w.p, level[i] / w.p)
        now = clock[i] <= length[i]
        x[i[now]] += 1
        t_x[i[now]] = clock[i[now]]
        spent[i[now]] += amount[now]
        after = i[~now]
        later[after] += 1
        spent_later[after] += amount[~now] * np.exp(-rate * (clock[after] - length[after]))
        stays = rng.random(i.size) > leaving[i]
        clock[i] += rng.exponential(1 / speed[i])
        active[i] = stays & (clock[i] < length[i] + w.t)
    mean = np.divide(spent, x, out=np.zeros(n), where=x > 0)
    return Drawn(x, t_x, length, mean, later, spent_later)
