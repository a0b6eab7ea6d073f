"""Log-likelihoods customer by customer, where parameters differ from customer to customer.

The plain fits sum over customers before they differentiate, which is faster; these keep each
customer's value, slopes and curvatures by the four parameters, for models with covariates.
"""

from __future__ import annotations

import numpy as np

from mainstay.analysis.lifetime.pareto_dropout import Odds, mixed, odds_of_loss, staying
from mainstay.analysis.numerics.arrays import Floats, Histories
from mainstay.analysis.numerics.special import digamma, log_gamma_rise, trigamma


def pareto_nbd(theta: Floats, h: Histories) -> Odds:
    """Return each customer's log-likelihood under Pareto/NBD; theta holds r, alpha, s, beta."""
    return total(
        _never_lost(theta, h),
        staying(theta[2], theta[3], h.T),
        mixed(odds_of_loss(theta, h.x, h.t_x, h.T)),
    )


def beta_geometric(theta: Floats, h: Histories, coins: int) -> Odds:
    """Return each customer's log-likelihood under BG/NBD (no coin) or MBG/NBD (one coin)."""
    _, _, a, b = theta
    passed = theta + np.array([[0.0], [0.0], [0.0], [coins]])
    parts = [_never_lost(theta, h), _survived(passed, h.x), mixed(_coin_odds(passed, h, coins))]
    if coins:
        first = _empty(h)
        first.log[:] = np.log(b / (a + b))
        first.slopes[2:] = -1.0 / (a + b), 1.0 / b - 1.0 / (a + b)
        first.curves[2:, 2:] = 1.0 / (a + b) ** 2
        first.curves[3, 3] -= 1.0 / b**2
        parts.append(first)
    return total(*parts)


def total(*parts: Odds) -> Odds:
    """Return the sum of logs with their derivatives."""
    return Odds(*(np.sum(rows, axis=0) for rows in zip(*parts, strict=True)))


def _empty(h: Histories) -> Odds:
    n = h.x.size
    return Odds(np.zeros(n), np.zeros((4, n)), np.zeros((4, 4, n)))


def _never_lost(theta: Floats, h: Histories) -> Odds:
    r, alpha = theta[:2]
    found, ages = _empty(h), alpha + h.T
    found.log[:] = log_gamma_rise(r, h.x) + r * np.log(alpha / ages) - h.x * np.log(ages)
    found.slopes[0] = digamma(r + h.x) - digamma(r) + np.log(alpha / ages)
    found.slopes[1] = r / alpha - (r + h.x) / ages
    found.curves[0, 0] = trigamma(r + h.x) - trigamma(r)
    found.curves[0, 1] = found.curves[1, 0] = 1.0 / alpha - 1.0 / ages
    found.curves[1, 1] = (r + h.x) / ages**2 - r / alpha**2
    return found


def _survived(theta: Floats, x: Floats) -> Odds:
    """Return log B(a, b + x) / B(a, b): the chance of having survived x coins."""
    a, b = theta[2:]
    found = Odds(np.zeros_like(x), np.zeros((4, x.size)), np.zeros((4, 4, x.size)))
    found.log[:] = log_gamma_rise(b, x) - log_gamma_rise(a + b, x)
    both = digamma(a + b + x) - digamma(a + b)
    found.slopes[2:] = -both, digamma(b + x) - digamma(b) - both
    found.curves[2:, 2:] = -(trigamma(a + b + x) - trigamma(a + b))
    found.curves[3, 3] += trigamma(b + x) - trigamma(b)
    return found


def _coin_odds(theta: Floats, h: Histories, coins: int) -> Odds:
    """Return the odds that the coin after the last purchase ended it."""
    r, alpha, a, b = theta
    found = _empty(h)
    at_risk = h.x + coins > 0
    left = np.where(at_risk, b + h.x - 1.0, 1.0)
    to_end, from_last = 1.0 / (alpha + h.T), 1.0 / (alpha + h.t_x)
    gap, rate = np.log1p((h.T - h.t_x) * from_last), r + h.x
    found.log[:] = np.where(at_risk, np.log(a / left) + rate * gap, -np.inf)
    found.slopes[:] = gap, rate * (to_end - from_last), 1.0 / a, -1.0 / left
    found.curves[0, 1] = found.curves[1, 0] = to_end - from_last
    found.curves[1, 1] = rate * (from_last**2 - to_end**2)
    found.curves[2, 2], found.curves[3, 3] = -1.0 / a**2, 1.0 / left**2
    return found
