"""Maximum likelihood: Newton steps with an exact Hessian in a box, kept in a trust region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.analysis.numerics.arrays import Floats

Flags = NDArray[np.bool_]
Objective = Callable[[Floats], tuple[float, Floats, Floats]]

MOST_STEPS = 200
NEGLIGIBLE_GAIN = 1e-9  # of the log-likelihood: far below anything a standard error can see
SMALLEST_RADIUS = 1e-10


@dataclass(frozen=True)
class Optimum:
    """Where a maximisation ended: the point, its value, the Hessian there and whether it is one."""

    point: Floats
    value: float
    hessian: Floats
    free: Flags  # where the parameter lies inside its bounds
    converged: bool


def maximise(objective: Objective, start: Floats, low: Floats, high: Floats) -> Optimum:
    """Return the maximum of objective(point) -> (value, gradient, Hessian) within low .. high."""
    point = np.clip(np.asarray(start, dtype=np.float64), low, high)
    value, gradient, hessian = objective(point)
    radius = 1.0
    for _ in range(MOST_STEPS):
        free = _inside(point, gradient, low, high)
        step = _step(gradient, hessian, free, radius)
        trial = np.clip(point + step, low, high)
        step = trial - point
        promised = float(gradient @ step + 0.5 * step @ hessian @ step)
        if promised <= NEGLIGIBLE_GAIN:
            return Optimum(point, value, hessian, free, True)
        tried = objective(trial)
        gained = tried[0] - value
        rounding = 1e-13 * abs(value)
        if gained > 0.05 * promised or (promised < rounding and gained > -rounding):
            point, (value, gradient, hessian) = trial, tried
            if gained > 0.7 * promised:
                radius = min(4.0, max(radius, 2.0 * float(np.abs(step).max())))
        else:
            radius = 0.3 * float(np.abs(step).max())
            if radius < SMALLEST_RADIUS:
                break
    return Optimum(point, value, hessian, np.ones_like(point, dtype=bool), False)


def covariance(optimum: Optimum) -> Floats | None:
    """Return the inverse of the observed information over the free parameters (0 elsewhere)."""
    free = optimum.free
    result = np.zeros_like(optimum.hessian)
    information = -optimum.hessian[np.ix_(free, free)]
    if free.any():
        values = np.linalg.eigvalsh(information)
        if not values[0] > 1e-12 * max(values[-1], 1e-300):
            return None
        result[np.ix_(free, free)] = np.linalg.inv(information)
    return result


def _inside(point: Floats, gradient: Floats, low: Floats, high: Floats) -> Flags:
    blocked = ((point <= low) & (gradient < 0)) | ((point >= high) & (gradient > 0))
    return ~blocked


def _step(gradient: Floats, hessian: Floats, free: Flags, radius: float) -> Floats:
    """Return the Newton step over the free parameters, uphill always, no longer than radius."""
    step = np.zeros_like(gradient)
    if not free.any():
        return step
    values, vectors = np.linalg.eigh(hessian[np.ix_(free, free)])
    slopes = vectors.T @ gradient[free]
    curvature = np.maximum(np.abs(values), 1e-12 * np.abs(values).max() + 1e-300)
    moves = np.clip(slopes / curvature, -radius, radius)
    step[free] = vectors @ moves
    longest = float(np.abs(step).max())
    return step * (radius / longest) if longest > radius else step
