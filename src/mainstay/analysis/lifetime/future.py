"""The future of a customer who is alive: expected purchases, discounted, and their spread.

An alive customer with x purchases in T has a rate Gamma(r + x, alpha + T) and a dropout probability
Beta(a, b + x). Purchases then come at time s at the expected rate
    m(s) = R / A * E_p[(1 + p s / A) ** -(R + 1)],   R = r + x, A = alpha + T,
and every moment is an integral of m, or of its like for pairs of purchases, over s. This form is
equal to the 2F1 of the paper (equation 10) but stays finite and positive for all parameters:
at a = 1, for a + b < 1 with x = 0, and for any horizon.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from mainstay.analysis.numerics.arrays import Floats
from mainstay.analysis.numerics.chunks import CHUNK, joined
from mainstay.analysis.numerics.distinct import Pairs, distinct_pairs

STRIP_STEP = 0.6  # trapezoid step on the logit scale: error exp(-2 pi^2 / step), below 1e-14
AT_ONCE = 8  # ages: times times and probabilities of dropout, they fill a cache
FAR = 37.0  # exp(-37) is below the rounding error of 1


class Heterogeneity(NamedTuple):
    """How customers differ: rates Gamma(r, alpha), dropout Beta(a, b); a = 0 means no dropout."""

    r: float
    alpha: float
    a: float
    b: float


class Span(NamedTuple):
    """How far the forecast looks ahead and the continuous rate at which it discounts."""

    horizon: float
    rate: float

    @property
    def empty(self) -> bool:
        """Return whether nothing can happen within."""
        return self.horizon < 1e-100  # squares of shorter times are lost in rounding


class Moments(NamedTuple):
    """Of the discounted number of purchases of alive customers: the sum of exp(-rate s)."""

    mean: Floats
    squared_weights: Floats  # the mean sum of exp(-2 rate s); without discounting, the mean
    second: Floats  # the mean of the squared sum
    slopes: Floats  # of log mean by log r, log alpha, log a, log b: four rows


def moments(
    h: Heterogeneity, x: Floats, T: Floats, *, horizon: float, rate: float = 0.0
) -> Moments:
    """Return the moments over (T, T + horizon] for customers alive at T, discounted at rate."""
    pairs = distinct_pairs(x, T)
    return Moments(*map(pairs.spread, of_pairs(h, pairs, Span(horizon, rate))))


def of_pairs(h: Heterogeneity, pairs: Pairs, span: Span) -> Moments:
    """Return the moments of each distinct pair."""
    table = np.zeros((7, pairs.T.size))
    for part in [] if span.empty else pairs.by_x():
        table[:, part] = _of_one_x(h, float(pairs.x[part.start]), pairs.T[part], span)
    return Moments(table[0], table[1], table[2], table[3:])


def means_of_pairs(h: Heterogeneity, pairs: Pairs, times: Floats) -> Floats:
    """Return the mean number of purchases in (T, T + t] of active customers: a row per t.

    Over time the rate integrates in closed form, E_p[(1 - (1 + p t / A) ** -R) / p], so many
    horizons cost hardly more than one.
    """
    table = np.empty((times.size, pairs.T.size))

    for part in pairs.by_x():
        R, ages = h.r + float(pairs.x[part.start]), h.alpha + pairs.T[part]
        p = dropout_mixture(h.a, h.b + float(pairs.x[part.start]))
        table[:, part] = through_nodes(ages, partial(_mean, R, times=times, mixture=p))
    return table


def _mean(R: float, A: Floats, *, times: Floats, mixture: Mixture) -> Floats:
    if mixture.p[-1] == 0.0:
        return np.multiply.outer(times, R / A)
    gone = np.multiply.outer(np.divide.outer(times, A), mixture.p)
    return np.asarray(-np.expm1(-R * np.log1p(gone)) @ (mixture.singles[:, 0] / mixture.p))


def through_nodes(ages: Floats, exact: Callable[[Floats], Floats]) -> Floats:
    """Return exact(ages), a positive row per quantity, at a few ages and interpolated between."""
    nodes = interpolation_nodes(ages)
    if nodes.size >= ages.size:
        return exact(ages)
    values = exact(nodes)
    nothing = values[:, :1] <= 0.0  # a horizon of no time, at every age
    return np.exp(interpolate(nodes, np.log(np.where(nothing, 1.0, values)), ages)) * ~nothing


def _of_one_x(h: Heterogeneity, x: float, T: Floats, span: Span) -> Floats:
    """Return the moments at the lengths T of customers with x purchases."""
    mixture = dropout_mixture(h.a, h.b + x)
    ages = h.alpha + T
    nodes = interpolation_nodes(ages)
    if nodes.size >= T.size:
        nodes = ages
    steps = range(0, nodes.size, AT_ONCE)
    exact = joined([_at(h, h.r + x, nodes[i : i + AT_ONCE], (mixture, span)) for i in steps])
    if nodes is ages:
        return exact
    exact[:3] = np.log(exact[:3])
    result = interpolate(nodes, exact, ages)
    result[:3] = np.exp(result[:3])
    return result


def _at(h: Heterogeneity, R: float, A: Floats, given: tuple[Mixture, Span]) -> Floats:
    """Return moments and slopes at the ages A: a row each."""
    mixture, span = given
    s, ds = times_at(R, A, span)
    spread = 1.0 + np.multiply.outer(s / A[:, None], mixture.p)
    log_spread = np.log(spread)
    power = np.exp(-(R + 1) * log_spread)
    single = power @ mixture.singles
    double = (power / spread) @ mixture.doubles
    logged = (power * log_spread) @ mixture.singles[:, 0]
    later = np.exp(-span.rate * s)
    discount = ds * later
    before = -np.expm1(-span.rate * s) / span.rate if span.rate > 0 else s
    total, by_a, by_b = np.einsum("at,atk->ka", discount, single)
    survived = np.einsum("at,at->a", discount, double[..., 0]) / total
    by_R = 1.0 / R - np.einsum("at,at->a", discount, logged) / total
    by_A = (R - (R + 1) * survived) / A
    squared = np.einsum("at,at->a", later * discount, single[..., 0])
    pairs = 2.0 * (R + 1) / A * np.einsum("at,at->a", discount * before, double[..., 1])
    means = R / A * np.stack([total, squared, squared + pairs])
    slopes = (h.r * by_R, h.alpha * by_A, h.a * by_a / total, h.b * by_b / total)
    return np.concatenate([means, np.stack(slopes)])


def times(R: float, A: float, span: Span) -> tuple[Floats, Floats]:
    """Return quadrature times and weights: Gauss-Legendre in log(1 + s / scale)."""
    s, ds = times_at(R, np.array([A]), span)
    return s[0], ds[0]


def times_at(R: float, A: Floats, span: Span) -> tuple[Floats, Floats]:
    """Return quadrature times and weights for each of the ages: a row each."""
    end = min(span.horizon, FAR / span.rate) if span.rate > 0 else span.horizon
    scale = A[:, None] / (R + 1)
    width = np.log1p(end / scale)
    nodes, weights = gauss_legendre(12 + 4 * int(np.ceil(width.max())))
    v = 0.5 * width * (nodes + 1.0)
    return scale * np.expm1(v), 0.5 * width * weights * scale * np.exp(v)


@lru_cache(maxsize=64)
def gauss_legendre(n: int) -> tuple[Floats, Floats]:
    """Return nodes and weights on -1 .. 1, from the eigenvectors of the recurrence's matrix.

    Golub & Welsch (1969); NumPy's own would import all of numpy.polynomial.
    """
    k = np.arange(1.0, n)
    beside = k / np.sqrt(4.0 * k * k - 1.0)
    nodes, vectors = np.linalg.eigh(np.diag(beside, 1) + np.diag(beside, -1))
    return nodes, 2.0 * vectors[0] ** 2


class Mixture(NamedTuple):
    """Points p with weights that integrate smooth functions over Beta(a, b)."""

    p: Floats
    singles: Floats  # columns: weight; weight times the derivative of its log by a; by b
    doubles: Floats  # columns: weight; weight times 1 - p


def dropout_mixture(a: float, b: float) -> Mixture:
    """Return points and weights (sum 1) for Beta(a, b); a = 0 stands for p = 0.

    The trapezoid rule on the logit scale; beyond both ends the integrand is an exact exponential,
    so the rest of the rule is a geometric series.
    """
    if a == 0:
        return Mixture(np.zeros(1), np.array([[1.0, 0.0, 0.0]]), np.ones((1, 2)))
    step = STRIP_STEP / np.sqrt(1.0 + min(a, b))
    centre = np.log(a / b)
    left = min(centre, 0.0) - min(FAR / a + 9.0 / np.sqrt(a), 2 * FAR)
    right = max(centre, 0.0) + min(FAR / b + 9.0 / np.sqrt(b), FAR)
    y = np.arange(left, right + step, step)
    log_p, log_rest = -np.logaddexp(0.0, -y), -np.logaddexp(0.0, y)
    weight = a * log_p + b * log_rest
    weight = np.exp(weight - weight.max())
    weight[0] /= -np.expm1(-a * step)
    weight[-1] /= -np.expm1(-b * step)
    kept = weight > 1e-18 * weight.sum()
    p = np.exp(log_p[kept])
    log_p[0] -= step / np.expm1(min(a * step, 700.0))  # the mean over the geometric tail
    log_rest[-1] -= step / np.expm1(min(b * step, 700.0))
    weight, log_p, log_rest = weight[kept] / weight[kept].sum(), log_p[kept], log_rest[kept]
    by_a, by_b = log_p - weight @ log_p, log_rest - weight @ log_rest
    singles = np.stack([weight, weight * by_a, weight * by_b], axis=1)
    return Mixture(p, singles, np.stack([weight, weight * (1.0 - p)], axis=1))


def interpolation_nodes(A: Floats) -> Floats:
    """Return Chebyshev nodes in log A, enough for ten digits."""
    low, high = np.log(A.min()), np.log(A.max())
    half = 0.5 * (high - low)
    reach = 1.2 / max(half, 1e-3)  # distance of the nearest singularity, in half-widths
    n = int(np.ceil(23.0 / np.log(reach + np.sqrt(1 + reach * reach)))) + 1
    angles = np.pi * (np.arange(n) + 0.5) / n
    return np.asarray(np.exp(0.5 * (low + high) + half * np.cos(angles)))


def interpolate(nodes: Floats, values: Floats, A: Floats) -> Floats:
    """Return at A the Chebyshev interpolant in log A through values (rows) at the nodes."""
    n = nodes.size
    angles = np.pi * (np.arange(n) + 0.5) / n
    coefficients = values @ np.cos(np.outer(angles, np.arange(n))) * (2.0 / n)
    coefficients[:, 0] *= 0.5
    middle = 0.5 * (np.log(nodes[0]) + np.log(nodes[-1]))
    half = (np.log(nodes[0]) - middle) / np.cos(angles[0])
    if half == 0:  # all were observed for the same time
        return np.repeat(values[:, :1], A.size, axis=1)
    z = np.clip((np.log(A) - middle) / half, -1.0, 1.0)
    result = np.empty((values.shape[0], A.size))
    for i in range(0, A.size, CHUNK):
        result[:, i : i + CHUNK] = coefficients @ chebyshev(z[i : i + CHUNK], n)
    return result


def chebyshev(z: Floats, n: int) -> Floats:
    """Return the first n Chebyshev polynomials at z, one row each."""
    rows = np.empty((n, z.size))
    rows[0] = 1.0
    if n > 1:
        rows[1] = z
    for k in range(2, n):
        rows[k] = 2.0 * z * rows[k - 1] - rows[k - 2]
    return rows
