"""The future of an active customer under Pareto/NBD.

Active after T, a customer buys at a rate Gamma(R, A) and leaves at a rate Gamma(s, B), where
R = r + x, A = alpha + T, B = beta + T; the two are independent. So purchases at time t have the
expected rate  R / A * S(t),  S(t) = (1 + t / B) ** -s,  and every moment is an integral over S. For
ever and with a discount rate d it is the closed form of Fader, Hardie & Lee (2005), "RFM and CLV",
    DERT = R / A * d ** (s - 1) * B ** s * Psi(s, s; d B),
whose confluent hypergeometric function Psi overflows at large B; the integral does not.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime.future import (
    Moments,
    Span,
    gauss_legendre,
    interpolate,
    interpolation_nodes,
    through_nodes,
    times,
)
from mainstay.analysis.numerics.arrays import Floats
from mainstay.analysis.numerics.distinct import Pairs

FAR = np.exp(40.0)  # times A: so far that A and B no longer matter


class Rates(NamedTuple):
    """How customers differ: purchase rates Gamma(r, alpha), dropout rates Gamma(s, beta)."""

    r: float
    alpha: float
    s: float
    beta: float


def moments(h: Rates, pairs: Pairs, span: Span) -> Moments:
    """Return the moments of discounted purchases of active customers, per distinct (x, T)."""
    if span.empty:
        nothing = np.zeros(pairs.T.size)
        return Moments(nothing, nothing, nothing, np.zeros((4, nothing.size)))
    R, A = h.r + pairs.x, h.alpha + pairs.T
    single, squared, double, by_s, by_beta = _integrals(h, pairs.T, span)
    slopes = np.stack([h.r / R, -h.alpha / A, by_s, by_beta])
    rate = R / A
    second = rate * squared + 2.0 * rate * (R + 1.0) / A * double
    return Moments(rate * single, rate * squared, second, slopes)


def _integrals(h: Rates, T: Floats, span: Span) -> Floats:
    ages = h.beta + T
    nodes = interpolation_nodes(ages)
    if nodes.size >= ages.size:
        nodes = ages
    exact = np.stack([_at(h, float(B), span) for B in nodes], axis=1)
    if nodes is ages:
        return exact
    exact[:3] = np.log(exact[:3])
    found = interpolate(nodes, exact, ages)
    found[:3] = np.exp(found[:3])
    return found


def _at(h: Rates, B: float, span: Span) -> Floats:
    """Return the integrals of S, discounted once, twice and in pairs, and the slopes of the first.

    The slopes are those of the logarithm by log s and log beta.
    """
    t, dt = times(h.s, B, span)
    log_spread = np.log1p(t / B)
    discount = np.exp(-span.rate * t)
    once = dt * discount * np.exp(-h.s * log_spread)
    before = -np.expm1(-span.rate * t) / span.rate if span.rate > 0 else t
    single = once.sum()
    by_s = -h.s * (once @ log_spread) / single
    by_beta = h.beta * h.s * (once @ (t / (B * (B + t)))) / single
    return np.array([single, once @ discount, once @ before, by_s, by_beta])


def means(h: Rates, pairs: Pairs, t: Floats) -> Floats:
    """Return E[purchases within t | alive], in closed form: a row for each t."""
    B = h.beta + pairs.T
    log_spread = np.log1p(np.divide.outer(t, B))
    rest = 1.0 - h.s
    stayed = log_spread if rest == 0 else np.expm1(rest * log_spread) / rest
    return np.asarray((h.r + pairs.x) / (h.alpha + pairs.T) * B * stayed)


def certain(h: Rates, pairs: Pairs, horizon: float) -> Floats:
    """Return P(at least one purchase | alive): the first may come at any time before leaving."""
    sooner = min(h.alpha, h.beta)
    table = np.empty((1, pairs.T.size))

    def exact(ages: Floats, R: float) -> Floats:
        return np.array([[_first(h, R, float(T), horizon) for T in ages - sooner]])

    for part in pairs.by_x():
        R = h.r + float(pairs.x[part.start])
        table[:, part] = through_nodes(sooner + pairs.T[part], partial(exact, R=R))
    return table.ravel()


def _first(h: Rates, R: float, T: float, horizon: float) -> float:
    A, B = h.alpha + T, h.beta + T
    end = min(horizon, A * FAR)
    t, dt = times(R, A, Span(end, 0.0))
    t = np.append(t, end)
    density = np.exp(-(R + 1) * np.log1p(t / A) - h.s * np.log1p(t / B))
    # beyond, the density is a power of t
    rest = density[-1] * end * (1.0 - (end / horizon) ** (R + h.s)) / (R + h.s)
    return float(R / A * (dt @ density[:-1] + rest))


def counted(h: Rates, pairs: Pairs, t: float, most: int) -> Floats:
    """Return P(n purchases within t | alive): a row per n.

    Until t customers buy at a rate that does not change, or until they leave before.
    """
    n = np.arange(most + 1.0)
    log_ways = np.empty((most + 1, pairs.T.size))
    log_ways[0] = 0.0
    np.cumsum(np.log((h.r + pairs.x + n[1:, None] - 1) / n[1:, None]), axis=0, out=log_ways[1:])
    found = np.empty_like(log_ways)
    for i, (x, T) in enumerate(zip(pairs.x, pairs.T, strict=True)):
        R, A, B = h.r + float(x), h.alpha + float(T), h.beta + float(T)
        end, weight = _ends(h.s, (R, A, B), t, most)
        with np.errstate(divide="ignore"):
            steps = np.log(end) - np.log(A + end)
        log_counts = -R * np.log1p(end / A) + np.multiply.outer(n, np.maximum(steps, -1e300))
        found[:, i] = np.exp(log_counts + log_ways[:, i, None]) @ weight
    return found


def _ends(s: float, ages: tuple[float, float, float], t: float, most: int) -> tuple[Floats, Floats]:
    """Return when customers stop buying within t, with the probability of each moment."""
    R, A, B = ages
    if t == 0:
        return np.zeros(1), np.ones(1)
    scale = min(A / (R + 1), B / (s + 1))
    width = np.log1p(t / scale)
    size = min(int((24 + 4 * np.ceil(width)) * (1 + np.sqrt(most) / 4)), 600)
    nodes, weights = gauss_legendre(size)
    v = 0.5 * width * (nodes + 1.0)
    at = scale * np.expm1(v)
    density = s / (B + at) * np.exp(-s * np.log1p(at / B))
    mass = 0.5 * width * weights * scale * np.exp(v) * density
    return np.append(at, t), np.append(mass, np.exp(-s * np.log1p(t / B)))
