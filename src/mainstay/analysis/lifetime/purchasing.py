"""The purchasing half shared by NBD and BG/NBD: rates vary as Gamma(r, alpha) over customers.

Log-likelihood of the purchase times of a customer who never drops out (x purchases in T):
    log Gamma(r + x) - log Gamma(r) + r log alpha - (r + x) log(alpha + T)
The gamma terms depend on x alone, so they are summed as rising factorials over the number of
customers with more than j purchases; this neither cancels nor overflows at any r or x.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mainstay.analysis.numerics.arrays import Floats, Histories
from mainstay.analysis.numerics.chunks import over
from mainstay.analysis.numerics.distinct import distinct
from mainstay.analysis.numerics.special import digamma, log_gamma_rise, trigamma

FAR = 4096  # purchases up to which the factors are summed one by one
MEAN_LENGTH = 10.0  # time is scaled so that the mean length of observation is this


@dataclass(frozen=True)
class Exceedances:
    """How many customers have more than j purchases, j < FAR; beyond, the distinct x and counts."""

    near: Floats
    far_x: Floats
    far_n: Floats


def exceedances(h: Histories) -> Exceedances:
    """Return the counts over which the gamma terms are summed."""
    per_x = np.bincount(np.minimum(h.x, FAR).astype(np.int64), weights=h.weights)
    more_than = np.cumsum(per_x[::-1])[::-1][1:].astype(np.float64)
    far = h.x > FAR
    x, place = distinct(h.x[far])
    weights = None if h.weights is None else h.weights[far]
    return Exceedances(more_than, x, np.bincount(place, weights=weights).astype(np.float64))


def log_rise(z: float, more_than: Exceedances) -> tuple[float, float, float]:
    """Return the sum of log(z (z+1) ... (z+x-1)) over customers, with two derivatives by z."""
    near, x, n = more_than.near, more_than.far_x, more_than.far_n
    inverse = 1.0 / (z + np.arange(near.size))
    start = np.array([z + FAR])
    return (
        float(n @ log_gamma_rise(start, x - FAR) - near @ np.log(inverse)),
        float(n @ (digamma(z + x) - digamma(start)) + near @ inverse),
        float(n @ (trigamma(z + x) - trigamma(start)) - near @ (inverse * inverse)),
    )


def never_lost(
    r: float, alpha: float, h: Histories, more_than: Exceedances
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
