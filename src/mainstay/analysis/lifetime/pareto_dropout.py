"""The dropout half of Pareto/NBD: customers leave at rates Gamma(s, beta), seen by nobody.

Relative to a customer who is still there, a history has the odds of loss
    odds = s * integral over y in t_x .. T of
           ((alpha + T) / (alpha + y)) ** (r + x) * ((beta + T) / (beta + y)) ** s / (beta + y),
the sum over all moments y at which the customer may have left. The papers write this integral as a
difference of two 2F1, which cancels and overflows. Here it is taken by Gauss-Legendre in
log(c + y), c = min(alpha, beta), where the integrand is close to an exponential: 8 to 24 nodes give
thirteen digits at any x and T, and the same nodes give exact first and second derivatives.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime.future import gauss_legendre
from mainstay.analysis.lifetime.purchasing import Exceedances, never_lost
from mainstay.analysis.numerics.arrays import Floats, Histories, Integers

Parameters = Floats  # r, alpha, s, beta: one row each, of one value or one per customer

FAR = 40.0  # the integrand is cut where it has fallen by exp(-40)
CHUNK = 512  # customers; times nodes, they fill a cache
# nodes enough for a fall of the integrand's log by so much over an interval so long
NODES = ((8, 2.0, 1.0), (12, 8.0, 2.0), (16, 20.0, 4.0), (24, 200.0, 8.0), (64, np.inf, np.inf))


class Odds(NamedTuple):
    """Log odds that customers have left, with slopes and curvatures by r, alpha, s, beta."""

    log: Floats
    slopes: Floats  # 4 x n
    curves: Floats  # 4 x 4 x n


class _Spread(NamedTuple):
    """Averages over the moments of leaving: four features, and their products."""

    log: Floats
    means: Floats
    products: Floats


def odds_of_loss(theta: Parameters, x: Floats, t_x: Floats, T: Floats) -> Odds:
    """Return the odds of loss of each customer."""
    theta = np.atleast_2d(theta.T).T
    reach, length, fall = _extent(theta, x, t_x, T)
    found = Odds(np.empty(x.size), np.empty((4, x.size)), np.empty((4, 4, x.size)))

    for who, nodes in _pieces(length, fall):
        own = theta[:, who] if theta.shape[1] > 1 else theta
        here = (x[who], t_x[who], T[who])
        log, slopes, curves = _piece(own, here, (reach[who], length[who]), nodes)
        found.log[who], found.slopes[:, who], found.curves[:, :, who] = log, slopes, curves
    return found


def _extent(theta: Parameters, x: Floats, t_x: Floats, T: Floats) -> tuple[Floats, Floats, Floats]:
    """Return how far the integrals reach beyond t_x, in time and in log(c + y), and their fall."""
    r, alpha, s, beta = theta
    reach = np.minimum(T - t_x, (alpha + t_x) * np.expm1(np.minimum(FAR / (r + x), 700.0)))
    reach = np.minimum(reach, (beta + t_x) * np.expm1(np.minimum(FAR / (s + 1), 700.0)))
    length = np.log1p(reach / (np.minimum(alpha, beta) + t_x))
    fall = (r + x) * np.log1p(reach / (alpha + t_x)) + (s + 1) * np.log1p(reach / (beta + t_x))
    return reach, length, fall


def _pieces(length: Floats, fall: Floats) -> list[tuple[Integers, int]]:
    """Return which customers are taken together with how many nodes."""
    left = np.ones(length.size, dtype=bool)
    pieces: list[tuple[Integers, int]] = []
    for nodes, steepest, longest in NODES:
        here = np.flatnonzero(left & (fall <= steepest) & (length <= longest))
        left[here] = False
        pieces += [(here[i : i + CHUNK], nodes) for i in range(0, here.size, CHUNK)]
    return pieces


def _piece(
    theta: Parameters, who: tuple[Floats, Floats, Floats], extent: tuple[Floats, Floats], n: int
) -> tuple[Floats, Floats, Floats]:
    r, alpha, s, beta = theta
    x, t_x, T = who
    found = _spread(theta, who, extent, n)
    L1, e1, L2, e2 = found.means
    R, own, all_ = r + x, 1.0 / (alpha + T), 1.0 / (beta + T)
    lag1, lag2 = np.log1p((T - t_x) / (alpha + t_x)), np.log1p((T - t_x) / (beta + t_x))
    log = found.log + np.log(s) + R * lag1 + s * lag2 - np.log(beta + t_x)
    slopes = np.stack([lag1 - L1, -R * e1, 1.0 / s + lag2 - L2, -all_ - (s + 1) * e2])
    spread = found.products - found.means[:, None] * found.means
    signs = np.stack(np.broadcast_arrays(-1.0 + 0 * R, -R, -1.0 + 0 * R, -(s + 1)))
    curves = spread * signs[:, None] * signs
    curves[0, 1] -= e1
    curves[1, 0] -= e1
    curves[1, 1] += R * (found.products[1, 1] + 2 * own * e1)
    curves[2, 2] -= 1.0 / s**2
    curves[2, 3] -= e2
    curves[3, 2] -= e2
    curves[3, 3] += all_**2 + (s + 1) * (found.products[3, 3] + 2 * all_ * e2)
    return log, slopes, curves


def _spread(
    theta: Parameters, who: tuple[Floats, Floats, Floats], extent: tuple[Floats, Floats], n: int
) -> _Spread:
    """Return averages, over the moments y of leaving, of the logs and inverses of alpha + y, ...

    The features are log((alpha + y) / (alpha + t_x)), 1 / (alpha + y) - 1 / (alpha + T) and the
    same of beta; nothing cancels where t_x is close to T.
    """
    r, alpha, s, beta = (row[:, None] for row in theta)
    x, t_x, T, reach, length = (column[:, None] for column in (*who, *extent))
    start = np.minimum(alpha, beta) + t_x
    nodes, weights = gauss_legendre(n)
    v = length * (0.5 * (nodes + 1.0))
    later = np.minimum(start * np.expm1(v), reach)
    rest = (T - t_x) - later
    features = np.stack(
        [
            np.log1p(later / (alpha + t_x)),
            rest / ((alpha + T) * (alpha + t_x + later)),
            np.log1p(later / (beta + t_x)),
            rest / ((beta + T) * (beta + t_x + later)),
        ]
    )
    logs = v - (r + x) * features[0] - (s + 1) * features[2]
    top = logs.max(axis=1, keepdims=True)
    mass = np.exp(logs - top) * (0.5 * weights)
    whole = mass.sum(axis=1, keepdims=True)
    mass /= whole
    with np.errstate(divide="ignore"):  # no time to leave in: log odds of -inf
        log = (top + np.log(whole) + np.log(length * start))[:, 0]
    weighted = features * mass
    products = np.empty((4, 4, mass.shape[0]))
    for i in range(4):
        for j in range(i + 1):
            products[i, j] = products[j, i] = np.einsum("ik,ik->i", features[i], weighted[j])
    return _Spread(log, weighted.sum(axis=2), products)


def mixed(odds: Odds) -> Odds:
    """Return log(1 + odds) with slopes and curvatures."""
    small = np.exp(-np.abs(odds.log))
    lost = np.where(odds.log > 0, 1.0, small) / (1.0 + small)
    doubt = lost * np.where(odds.log > 0, small, 1.0) / (1.0 + small)
    value = np.maximum(odds.log, 0.0) + np.log1p(small)
    curves = lost * odds.curves + doubt * odds.slopes[:, None] * odds.slopes
    return Odds(value, lost * odds.slopes, curves)


def staying(s: Floats, beta: Floats, T: Floats) -> Odds:
    """Return log P(still there at T), that is -s log(1 + T / beta), with derivatives."""
    log, inverse = np.log1p(T / beta), T / (beta * (beta + T))
    zero = np.zeros_like(log)
    curve = -s * inverse * (1.0 / beta + 1.0 / (beta + T))
    slopes = np.stack([zero, zero, -log, s * inverse])
    curves = np.zeros((4, 4, log.size))
    curves[2, 3] = curves[3, 2] = inverse
    curves[3, 3] = curve
    return Odds(-s * log, slopes, curves)


def log_likelihood(
    theta: Parameters, h: Histories, more_than: Exceedances
) -> tuple[float, Floats, Floats]:
    """Return Pareto/NBD's log-likelihood with exact gradient and Hessian by r, alpha, s, beta."""
    gradient, hessian = np.zeros(4), np.zeros((4, 4))
    value, gradient[:2], hessian[:2, :2] = never_lost(theta[0], theta[1], h, more_than)
    for part in (
        staying(theta[2], theta[3], h.T),
        mixed(odds_of_loss(theta, h.x, h.t_x, h.T)),
    ):
        value += h.total(part.log)
        gradient += [h.total(row) for row in part.slopes]
        hessian += [[h.total(entry) for entry in row] for row in part.curves]
    return value, gradient, hessian
