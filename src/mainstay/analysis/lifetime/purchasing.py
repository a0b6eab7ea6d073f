"""The purchasing half shared by NBD and BG/NBD: rates vary as Gamma(r, alpha) over customers.

Log-likelihood of the purchase times of a customer who never drops out (x purchases in T):
    log Gamma(r + x) - log Gamma(r) + r log alpha - (r + x) log(alpha + T)
The gamma terms depend on x alone, so they are summed as rising factorials over the number of
customers with more than j purchases; this neither cancels nor overflows at any r or x.
"""

from __future__ import annotations

import numpy as np

from mainstay.analysis.numerics.arrays import Floats, Histories
from mainstay.analysis.numerics.chunks import over

MEAN_LENGTH = 10.0  # time is scaled so that the mean length of observation is this


def exceedances(h: Histories) -> Floats:
    """Return for j = 0, 1, ... how many customers have more than j purchases."""
    per_x = np.bincount(h.x.astype(np.int64), weights=h.weights)
    return np.ascontiguousarray(np.cumsum(per_x[::-1])[::-1][1:], dtype=np.float64)


def log_rise(z: float, more_than: Floats) -> tuple[float, float, float]:
    """Return the sum of log(z (z+1) ... (z+x-1)) over customers, with two derivatives by z."""
    inverse = 1.0 / (z + np.arange(more_than.size))
    return (
        float(-(more_than @ np.log(inverse))),
        float(more_than @ inverse),
        float(-(more_than @ (inverse * inverse))),
    )


def never_lost(
    r: float, alpha: float, h: Histories, more_than: Floats
) -> tuple[float, Floats, Floats]:
    """Return log-likelihood, gradient and Hessian by (r, alpha) of customers who never drop out."""

    def piece(part: slice) -> Floats:
        length = alpha + h.T[part]
        inverse = 1.0 / length
        rate = r + h.x[part]
        terms = np.stack([np.log(length), np.log(length) * rate, inverse, inverse * rate])
        weighted = terms if h.weights is None else terms * h.weights[part]
        return np.append(weighted.sum(axis=1), weighted[3] @ inverse)

    logs, rated, inverses, slopes, curves = np.sum(over(h.x.size, piece), axis=0)
    n = h.n
    value, slope, curve = log_rise(r, more_than)
    gradient = np.array([slope + n * np.log(alpha) - logs, n * r / alpha - slopes])
    cross = n / alpha - inverses
    hessian = np.array([[curve, cross], [cross, curves - n * r / alpha**2]])
    return value + n * r * np.log(alpha) - rated, gradient, hessian


def on_log_scale(
    parameters: Floats, value: float, gradient: Floats, hessian: Floats
) -> tuple[float, Floats, Floats]:
    """Return the same value with derivatives by the logarithms of the parameters."""
    slopes = parameters * gradient
    return value, slopes, hessian * np.outer(parameters, parameters) + np.diag(slopes)
