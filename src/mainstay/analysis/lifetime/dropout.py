"""The dropout half of BG/NBD: after each repeat purchase a customer leaves with probability p.

p varies as Beta(a, b) over customers. Relative to a customer who never drops out, a history with
x > 0 has the factor  B(a, b + x) / B(a, b) * (1 + odds),  where
    odds = a / (b + x - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x)
are the odds that the customer has left (equation 7 of Fader, Hardie & Lee 2005).
"""

from __future__ import annotations

import numpy as np

from mainstay.analysis.lifetime.purchasing import Exceedances, log_rise, never_lost
from mainstay.analysis.numerics.arrays import Floats, Histories
from mainstay.analysis.numerics.chunks import over

Parameters = Floats  # r, alpha, a, b


def log_odds_of_loss(theta: Parameters, x: Floats, t_x: Floats, T: Floats) -> Floats:
    """Return log odds that customers have left; defined for x > 0."""
    r, alpha, a, b = theta
    return np.asarray(np.log(a / (b + x - 1)) + (r + x) * np.log1p((T - t_x) / (alpha + t_x)))


def log_odds_slopes(theta: Parameters, x: Floats, t_x: Floats, T: Floats) -> Floats:
    """Return the derivatives of the log odds by log r, log alpha, log a, log b: four rows."""
    r, alpha, _, b = theta
    by_r = r * np.log1p((T - t_x) / (alpha + t_x))
    by_alpha = alpha * (r + x) * (1.0 / (alpha + T) - 1.0 / (alpha + t_x))
    by_b = -b / np.where(b + x > 1, b + x - 1, b)  # unused where x = 0 means alive for certain
    return np.stack([by_r, by_alpha, np.ones_like(x), by_b])


def log_likelihood(
    theta: Parameters, h: Histories, repeaters: Histories, more_than: Exceedances
) -> tuple[float, Floats, Floats]:
    """Return BG/NBD's log-likelihood with exact gradient and Hessian by (r, alpha, a, b)."""
    r, alpha, a, b = theta
    gradient, hessian = np.zeros(4), np.zeros((4, 4))
    value, gradient[:2], hessian[:2, :2] = never_lost(r, alpha, h, more_than)

    lasting, slope, curve = log_rise(b, more_than)
    total, slope_of_sum, curve_of_sum = log_rise(a + b, more_than)
    gradient += (0, 0, -slope_of_sum, slope - slope_of_sum)
    hessian[2:, 2:] -= curve_of_sum
    hessian[3, 3] += curve

    lost = _possibly_lost(theta, repeaters)
    return value + lasting - total + lost[0], gradient + lost[1], hessian + lost[2]


def _possibly_lost(theta: Parameters, h: Histories) -> tuple[float, Floats, Floats]:
    """Return the sum of log(1 + odds) over customers with x > 0, with its derivatives."""
    pieces = over(h.x.size, lambda part: _piece(theta, h, part))
    if not pieces:
        return 0.0, np.zeros(4), np.zeros((4, 4))
    value = float(sum(p[0] for p in pieces))
    outer: Floats = np.sum([p[1] for p in pieces], axis=0)
    s, gap, slope, c, mixed, bend, c_squared = np.sum([p[2] for p in pieces], axis=0)
    a = theta[2]
    gradient = np.array([gap, slope, s / a, -c])
    hessian = outer
    hessian[0, 1] += mixed
    hessian[1, 0] += mixed
    hessian[1, 1] += bend
    hessian[2, 2] -= s / a**2
    hessian[3, 3] += c_squared
    return value, gradient, hessian


def _piece(theta: Parameters, h: Histories, part: slice) -> tuple[float, Floats, Floats]:
    r, alpha, a, b = theta
    x, t_x, T = h.x[part], h.t_x[part], h.T[part]
    from_last, to_end = 1.0 / (alpha + t_x), 1.0 / (alpha + T)
    gap = np.log1p((T - t_x) * from_last)
    c = 1.0 / (b + x - 1)
    log_odds = np.log(a * c) + (r + x) * gap
    small = np.exp(-np.abs(log_odds))
    lost = np.where(log_odds > 0, 1.0, small) / (1.0 + small)
    value = np.maximum(log_odds, 0.0) + np.log1p(small)
    change = to_end - from_last
    slope = (r + x) * change
    features = np.stack([gap, slope, np.full_like(x, 1.0 / a), -c])
    if h.weights is not None:
        value, lost = value * h.weights[part], lost * h.weights[part]
    wobble = lost * np.where(log_odds > 0, small, 1.0) / (1.0 + small)
    bend = -slope * (to_end + from_last)
    columns = np.stack([np.ones_like(x), gap, slope, c, change, bend, c * c])
    sums = np.einsum("ij,j->i", columns, lost)  # BLAS would start threads for these few
    return float(value.sum()), (features * wobble) @ features.T, sums
