"""The future of a customer who is alive: expected purchases, discounted, and their spread.

An alive customer with x purchases in T has a rate Gamma(r + x, alpha + T) and a dropout probability
Beta(a, b + x). Purchases then come at time s at the expected rate
    m(s) = R / A * E_p[(1 + p s / A) ** -(R + 1)],   R = r + x, A = alpha + T,
and every moment is an integral of m, or of its like for pairs of purchases, over s. This form is
equal to the 2F1 of the paper (equation 10) but stays finite and positive for all parameters:
at a = 1, for a + b < 1 with x = 0, and for any horizon.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from mainstay.analysis.numerics.arrays import Floats
from mainstay.analysis.numerics.chunks import each
from mainstay.analysis.numerics.distinct import distinct_pairs

STRIP_STEP = 0.6  # trapezoid step on the logit scale: error exp(-2 pi^2 / step), below 1e-14
FAR = 37.0  # exp(-37) is below the rounding error of 1


class Heterogeneity(NamedTuple):
    """How customers differ: rates Gamma(r, alpha), dropout Beta(a, b); a = 0 means no dropout."""

    r: float
    alpha: float
    a: float
    b: float


class Moments(NamedTuple):
    """Of the discounted number of purchases of alive customers: the sum of exp(-rate s)."""

    mean: Floats
    squared_weights: Floats  # the mean sum of exp(-2 rate s); without discounting, the mean
    second: Floats  # the mean of the squared sum


def moments(
    h: Heterogeneity, x: Floats, T: Floats, *, horizon: float, rate: float = 0.0
) -> Moments:
    """Return the moments over (T, T + horizon] for customers alive at T, discounted at rate."""
    pairs = distinct_pairs(x, T)
    table = np.empty((3, pairs.T.size))

    def one_x(part: slice) -> None:
        table[:, part] = _of_one_x(h, float(pairs.x[part.start]), pairs.T[part], (horizon, rate))

    each(one_x, pairs.by_x())
    return Moments(*pairs.spread(table))


def _of_one_x(h: Heterogeneity, x: float, T: Floats, span: tuple[float, float]) -> Floats:
    """Return the moments at the lengths T of customers with x purchases."""
    nodes = interpolation_nodes(h.alpha + T)
    if nodes.size >= T.size:
        return _exact(h, x, h.alpha + T, span)
    return interpolate(nodes, _exact(h, x, nodes, span), h.alpha + T)


def _exact(h: Heterogeneity, x: float, A: Floats, span: tuple[float, float]) -> Floats:
    p, weight = dropout_mixture(h.a, h.b + x)
    return np.stack([_at(h.r + x, float(age), p, weight, span) for age in A], axis=1)


def _at(R: float, A: float, p: Floats, weight: Floats, span: tuple[float, float]) -> Floats:
    s, ds = times(R, A, *span)
    _, rate = span
    spread = 1.0 + np.multiply.outer(s / A, p)
    power = np.exp(-(R + 1) * np.log(spread))
    single = (R / A) * (power @ weight)
    double = (R / A) * ((R + 1) / A) * ((power / spread) @ (weight * (1.0 - p)))
    discount = np.exp(-rate * s)
    before = -np.expm1(-rate * s) / rate if rate > 0 else s
    mean = ds @ (discount * single)
    squared = ds @ (discount * discount * single)
    return np.array([mean, squared, squared + 2.0 * (ds @ (discount * before * double))])


def times(R: float, A: float, horizon: float, rate: float) -> tuple[Floats, Floats]:
    """Return quadrature times and weights: Gauss-Legendre in log(1 + s / scale)."""
    end = min(horizon, FAR / rate) if rate > 0 else horizon
    scale = A / (R + 1)
    width = np.log1p(end / scale)
    nodes, weights = gauss_legendre(12 + 4 * int(np.ceil(width)))
    v = 0.5 * width * (nodes + 1.0)
    return scale * np.expm1(v), 0.5 * width * weights * scale * np.exp(v)


@lru_cache(maxsize=64)
def gauss_legendre(n: int) -> tuple[Floats, Floats]:
    """Return nodes and weights on -1 .. 1."""
    nodes, weights = np.polynomial.legendre.leggauss(n)
    return nodes, weights


def dropout_mixture(a: float, b: float) -> tuple[Floats, Floats]:
    """Return points p and weights (sum 1) that integrate smooth functions over Beta(a, b).

    The trapezoid rule on the logit scale; beyond both ends the integrand is an exact exponential,
    so the rest of the rule is a geometric series.
    """
    if a == 0:
        return np.zeros(1), np.ones(1)
    step = STRIP_STEP / np.sqrt(1.0 + min(a, b))
    centre = np.log(a / b)
    left = centre - FAR / a if a > 1 else min(centre, 0.0) - 2 * FAR
    right = max(centre, 0.0) + FAR
    y = np.arange(left, right + step, step)
    log_weight = -a * np.logaddexp(0.0, -y) - b * np.logaddexp(0.0, y)
    weight = np.exp(log_weight - log_weight.max())
    weight[0] /= -np.expm1(-a * step)
    weight[-1] /= -np.expm1(-b * step)
    kept = weight > 1e-18 * weight.sum()
    y, weight = y[kept], weight[kept]
    return 1.0 / (1.0 + np.exp(-y)), weight / weight.sum()


def interpolation_nodes(A: Floats) -> Floats:
    """Return Chebyshev nodes in log A, enough for twelve digits."""
    low, high = np.log(A.min()), np.log(A.max())
    half = 0.5 * (high - low)
    reach = 1.2 / max(half, 1e-3)  # distance of the nearest singularity, in half-widths
    n = int(np.ceil(28.0 / np.log(reach + np.sqrt(1 + reach * reach)))) + 1
    angles = np.pi * (np.arange(n) + 0.5) / n
    return np.asarray(np.exp(0.5 * (low + high) + half * np.cos(angles)))


def interpolate(nodes: Floats, values: Floats, A: Floats) -> Floats:
    """Return the Chebyshev interpolant through values (rows) at A, on the log scale of both."""
    n = nodes.size
    angles = np.pi * (np.arange(n) + 0.5) / n
    coefficients = np.log(values) @ np.cos(np.outer(angles, np.arange(n))) * (2.0 / n)
    coefficients[:, 0] *= 0.5
    middle = 0.5 * (np.log(nodes[0]) + np.log(nodes[-1]))
    half = (np.log(nodes[0]) - middle) / np.cos(angles[0])
    z = np.clip((np.log(A) - middle) / half, -1.0, 1.0)
    return np.asarray(np.exp(coefficients @ chebyshev(z, n)))


def chebyshev(z: Floats, n: int) -> Floats:
    """Return the first n Chebyshev polynomials at z, one row each."""
    rows = np.empty((n, z.size))
    rows[0] = 1.0
    if n > 1:
        rows[1] = z
    for k in range(2, n):
        rows[k] = 2.0 * z * rows[k - 1] - rows[k - 2]
    return rows
