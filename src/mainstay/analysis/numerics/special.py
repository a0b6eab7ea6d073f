"""The few special functions the models need, in NumPy alone: importing SciPy costs 0.4 s."""

from __future__ import annotations

import math

import numpy as np

from mainstay.analysis.numerics.arrays import Floats

_SHIFT = 12  # from here on the asymptotic series are exact to the last digits
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
_HALF_LOG_2PI = 0.9189385332046727


def digamma(z: Floats) -> Floats:
    """Return the derivative of the log-gamma function, for z > 0."""
    z = np.asarray(z, dtype=np.float64)
    shifted = sum(1.0 / (z + j) for j in range(_SHIFT))
    y = z + _SHIFT
    series = sum(-(2 * k + 1) * c / y ** (2 * k + 2) for k, c in enumerate(_STIRLING))
    return np.asarray(np.log(y) - 0.5 / y + series - shifted)


def trigamma(z: Floats) -> Floats:
    """Return the second derivative of the log-gamma function, for z > 0."""
    z = np.asarray(z, dtype=np.float64)
    shifted = sum(1.0 / (z + j) ** 2 for j in range(_SHIFT))
    y = z + _SHIFT
    series = sum((2 * k + 1) * (2 * k + 2) * c / y ** (2 * k + 3) for k, c in enumerate(_STIRLING))
    return np.asarray(1.0 / y + 0.5 / y**2 + series + shifted)


def log_gamma_rise(z: Floats, q: Floats | float) -> Floats:
    """Return log Gamma(z + q) - log Gamma(z) without cancelling the digits of large z."""
    z = np.asarray(z, dtype=np.float64)
    head = sum(np.log1p(q / (z + j)) for j in range(_SHIFT))
    y = z + _SHIFT
    main = (y - 0.5) * np.log1p(q / y) + q * np.log(y + q) - q
    series = sum(
        c * ((y + q) ** -(2.0 * k + 1) - y ** -(2.0 * k + 1)) for k, c in enumerate(_STIRLING)
    )
    return np.asarray(main + series - head)


def log_gamma(z: Floats) -> Floats:
    """Return log Gamma(z), for z > 0."""
    z = np.asarray(z, dtype=np.float64)
    head = sum(np.log(z + j) for j in range(_SHIFT))
    y = z + _SHIFT
    series = sum(c * y ** -(2.0 * k + 1) for k, c in enumerate(_STIRLING))
    return np.asarray((y - 0.5) * np.log(y) - y + _HALF_LOG_2PI + series - head)


# Rational approximation by P. J. Acklam, relative error below 1.2e-9:
# https://web.archive.org/web/20151030215612/http://home.online.no/~pjacklam/notes/invnorm/
_A = (-39.69683028665376, 220.9460984245205, -275.9285104469687,
      138.3577518672690, -30.66479806614716, 2.506628277459239)  # fmt: skip
_B = (-54.47609879822406, 161.5858368580409, -155.6989798598866,
      66.80131188771972, -13.28068155288572, 1.0)  # fmt: skip
_C = (-0.007784894002430293, -0.3223964580411365, -2.400758277161838,
      -2.549732539343734, 4.374664141464968, 2.938163982698783)  # fmt: skip
_D = (0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1.0)
_TAIL = 0.02425


def normal_quantile(u: Floats) -> Floats:
    """Return the standard normal quantile of u, for 0 < u < 1 (clipped to +-8.2)."""
    u = np.clip(np.asarray(u, dtype=np.float64), 1e-16, 1 - 1e-16)
    q = u - 0.5
    s = q * q
    z = _polynomial(_A, s) * q / _polynomial(_B, s)
    tail = (u < _TAIL) | (u > 1 - _TAIL)
    if tail.any():
        side = u[tail]
        q = np.sqrt(-2 * np.log(np.minimum(side, 1 - side)))
        far = _polynomial(_C, q) / _polynomial(_D, q)
        z[tail] = np.where(side < 0.5, far, -far)
    return z


def _polynomial(coefficients: tuple[float, ...], s: Floats) -> Floats:
    result = np.full_like(s, coefficients[0])
    for c in coefficients[1:]:
        result = result * s + c
    return result


def chi_squared_beyond(x: float, degrees: int) -> float:
    """Return the probability that a chi-squared variable exceeds x; degrees is a whole number."""
    if x <= 0:
        return 1.0
    half = 0.5 * x
    odd = degrees % 2
    found = math.erfc(math.sqrt(half)) if odd else math.exp(-half)
    for k in range(2 - odd, degrees, 2):
        found += math.exp(0.5 * k * math.log(half) - half - math.lgamma(0.5 * k + 1.0))
    return found
