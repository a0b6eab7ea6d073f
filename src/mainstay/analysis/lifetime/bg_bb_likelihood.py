"""The likelihood of BG/BB: sums over the last opportunity at which a customer was still there.

All beta functions enter as ratios, so they are rising factorials: z (z + 1) ... (z + k - 1). These
are tabled once per evaluation, with two derivatives, and looked up; nothing cancels or overflows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mainstay.analysis.numerics.arrays import Floats, Histories, Integers

MOST_AT_ONCE = 1_000_000  # terms of the sums that are held in memory together


@dataclass(frozen=True)
class Rises:
    """Logs of the rising factorials of z for k = 0, 1, ..., with two derivatives by z."""

    log: Floats
    slope: Floats
    curve: Floats

    @classmethod
    def of(cls, z: float, most: int) -> Rises:
        """Return the table for k up to most."""
        inverse = 1.0 / (z + np.arange(float(most)))
        sums = (np.cumsum(row) for row in (-np.log(inverse), inverse, -inverse * inverse))
        return cls(*(np.concatenate([[0.0], row]) for row in sums))


@dataclass(frozen=True)
class Tables:
    """Rising factorials of all that occurs in the likelihood."""

    alpha: Rises
    beta: Rises
    both: Rises  # alpha + beta
    delta: Rises
    ever: Rises  # gamma + delta

    @classmethod
    def of(cls, theta: Floats, most: int) -> Tables:
        """Return the tables for up to so many opportunities."""
        alpha, beta, gamma, delta = theta
        values = (alpha, beta, alpha + beta, delta, gamma + delta)
        return cls(*(Rises.of(float(z), most + 1) for z in values))


@dataclass(frozen=True)
class Terms:
    """For each history a run of terms: one per opportunity that may have been the last alive."""

    x: Integers
    last: Integers
    gone: Integers  # 1 where the customer left before the end, 0 for the term of who is still there
    starts: Integers
    history: Integers

    @classmethod
    def of(cls, h: Histories) -> Terms:
        """Return the terms of these histories."""
        x, t_x, n = (column.astype(np.int64) for column in (h.x, h.t_x, h.T))
        sizes = n - t_x + 1
        starts = np.cumsum(sizes) - sizes
        history = np.repeat(np.arange(x.size), sizes)
        last = np.arange(history.size) - starts[history] + t_x[history]
        return cls(x[history], last, (last < n[history]).astype(np.int64), starts, history)


def log_terms(theta: Floats, terms: Terms, tables: Tables) -> Floats:
    """Return the log of each term, apart from the rising factorial of alpha."""
    silent = tables.beta.log[terms.last - terms.x] - tables.both.log[terms.last]
    there = tables.delta.log[terms.last] - tables.ever.log[terms.last + terms.gone]
    return np.asarray(silent + there + terms.gone * np.log(theta[2]))


def log_likelihood(theta: Floats, h: Histories) -> tuple[float, Floats, Floats]:
    """Return the log-likelihood with exact gradient and Hessian by alpha, beta, gamma, delta."""
    tables = Tables.of(theta, int(h.T.max()))
    value, gradient, hessian = 0.0, np.zeros(4), np.zeros((4, 4))
    for part in _parts(h):
        found = _of_part(theta, part, tables)
        value, gradient, hessian = value + found[0], gradient + found[1], hessian + found[2]
    return value, gradient, hessian


def _parts(h: Histories) -> list[Histories]:
    ends = np.cumsum(h.T - h.t_x + 1.0)
    place = np.floor(ends / MOST_AT_ONCE)
    return [h.where(place == k) for k in np.unique(place)]


def _of_part(theta: Floats, h: Histories, tables: Tables) -> tuple[float, Floats, Floats]:
    terms = Terms.of(h)
    logs = log_terms(theta, terms, tables)
    top = np.maximum.reduceat(logs, terms.starts)
    mass = np.exp(logs - top[terms.history])
    whole = np.add.reduceat(mass, terms.starts)
    w = np.ones_like(h.x) if h.weights is None else h.weights
    x = h.x.astype(np.int64)
    share = (w / whole)[terms.history] * mass
    features = _features(theta, terms, tables)
    per_history = np.add.reduceat(features * (mass / whole[terms.history]), terms.starts, axis=1)
    value = float(w @ (tables.alpha.log[x] + top + np.log(whole)))
    gradient = per_history @ w
    hessian = (features * share) @ features.T - (per_history * w) @ per_history.T
    gradient[0] += w @ tables.alpha.slope[x]
    hessian[0, 0] += w @ tables.alpha.curve[x]
    return value, gradient, hessian + _curves(theta, terms, tables, share)


def _features(theta: Floats, terms: Terms, tables: Tables) -> Floats:
    """Return the slopes of the log terms by alpha, beta, gamma, delta."""
    both, ever = tables.both.slope[terms.last], tables.ever.slope[terms.last + terms.gone]
    return np.stack(
        [
            -both,
            tables.beta.slope[terms.last - terms.x] - both,
            terms.gone / theta[2] - ever,
            tables.delta.slope[terms.last] - ever,
        ]
    )


def _curves(theta: Floats, terms: Terms, tables: Tables, share: Floats) -> Floats:
    both = float(share @ tables.both.curve[terms.last])
    ever = float(share @ tables.ever.curve[terms.last + terms.gone])
    result = np.zeros((4, 4))
    result[:2, :2] -= both
    result[2:, 2:] -= ever
    result[1, 1] += share @ tables.beta.curve[terms.last - terms.x]
    result[2, 2] -= (share @ terms.gone) / theta[2] ** 2
    result[3, 3] += share @ tables.delta.curve[terms.last]
    return result


def always_there(theta: Floats, h: Histories) -> tuple[float, Floats, Floats]:
    """Return log-likelihood, gradient and Hessian by alpha, beta if nobody ever leaves."""
    alpha, beta = (float(v) for v in theta)
    w = np.ones_like(h.x) if h.weights is None else h.weights
    x, n = h.x.astype(np.int64), h.T.astype(np.int64)
    most = int(n.max()) if n.size else 0
    own, rest, both = (Rises.of(z, most) for z in (alpha, beta, alpha + beta))
    value = float(w @ (own.log[x] + rest.log[n - x] - both.log[n]))
    common, curve = w @ both.slope[n], w @ both.curve[n]
    gradient = np.array([w @ own.slope[x], w @ rest.slope[n - x]]) - common
    hessian = np.diag([w @ own.curve[x], w @ rest.curve[n - x]]) - curve
    return value, gradient, hessian


def still_there(theta: Floats, h: Histories) -> tuple[Floats, Floats]:
    """Return log P(alive for the next opportunity) of each customer, with slopes by parameter."""
    tables = Tables.of(theta, int(h.T.max(initial=0.0)))
    parts = [_still_there(theta, part, tables) for part in _parts(h)]
    if not parts:
        return np.zeros(0), np.zeros((4, 0))
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts], axis=1)


def _still_there(theta: Floats, h: Histories, tables: Tables) -> tuple[Floats, Floats]:
    _, _, gamma, delta = theta
    terms = Terms.of(h)
    ends = np.append(terms.starts[1:], terms.last.size) - 1
    logs, features = log_terms(theta, terms, tables), _features(theta, terms, tables)
    top = np.maximum.reduceat(logs, terms.starts)
    mass = np.exp(logs - top[terms.history])
    whole = np.add.reduceat(mass, terms.starts)
    average = np.add.reduceat(features * (mass / whole[terms.history]), terms.starts, axis=1)
    left, stayed = 1.0 / (gamma + delta + h.T), 1.0 / (delta + h.T)
    slopes = features[:, ends] - average
    slopes[2] -= left
    slopes[3] += stayed - left
    return logs[ends] - top - np.log(whole) + np.log(left / stayed), slopes
