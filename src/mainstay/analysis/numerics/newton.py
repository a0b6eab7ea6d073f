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


@dataclass(frozen=True)
class Box:
    """Bounds of the parameters."""

    low: Floats
    high: Floats

    def inside(self, point: Floats, gradient: Floats) -> Flags:
        """Return which parameters may move the way the gradient points."""
        blocked_below = (point <= self.low) & (gradient < 0)
        return ~(blocked_below | ((point >= self.high) & (gradient > 0)))

    def kept(self, point: Floats) -> Floats:
        """Return the nearest point inside."""
        return np.clip(point, self.low, self.high)


def maximise(objective: Objective, start: Floats, low: Floats, high: Floats) -> Optimum:
    """Return the maximum of objective(point) -> (value, gradient, Hessian) within low .. high."""
    box = Box(low, high)
    point = box.kept(np.asarray(start, dtype=np.float64))
    value, gradient, hessian = objective(point)
    radius = 1.0
    for _ in range(MOST_STEPS):
        free = box.inside(point, gradient)
        step, cut = _step_in_box(gradient, hessian, free, (point, radius, box))
        promised = float(gradient @ step + 0.5 * step @ hessian @ step)
        if promised <= NEGLIGIBLE_GAIN and not cut:
            return Optimum(point, value, hessian, free, True)
        tried = objective(box.kept(point + step))
        if _keeps_promise(tried[0] - value, promised, value):
            radius = _wider(radius, step, (tried[0] - value) / max(promised, 1e-300))
            point, (value, gradient, hessian) = box.kept(point + step), tried
        else:
            radius = 0.3 * float(np.abs(step).max())
            if radius < SMALLEST_RADIUS:
                break
    return Optimum(point, value, hessian, np.ones_like(point, dtype=bool), False)


def _keeps_promise(gained: float, promised: float, value: float) -> bool:
    rounding = 1e-13 * abs(value)
    if promised < rounding:
        return promised > 0 and gained > -rounding
    return gained > 0.05 * promised


def _wider(radius: float, step: Floats, kept: float) -> float:
    return min(4.0, max(radius, 2.0 * float(np.abs(step).max()))) if kept > 0.7 else radius


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


def _step_in_box(
    gradient: Floats, hessian: Floats, free: Flags, where: tuple[Floats, float, Box]
) -> tuple[Floats, bool]:
    """Return a step that stops at the bounds it meets, and whether it met any."""
    point, radius, box = where
    held = np.zeros_like(gradient)
    free = free.copy()
    while True:
        step = held + _step(gradient + hessian @ held, hessian, free, radius)
        stopped = box.kept(point + step) - point
        crossing = free & (stopped != step) & (np.abs(stopped - step) > 1e-12)
        if not crossing.any():
            return stopped, bool(held.any())
        held[crossing] = stopped[crossing]
        free &= ~crossing


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
