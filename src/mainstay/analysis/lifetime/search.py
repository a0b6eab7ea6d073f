"""The search for the best parameters of a model with dropout, beside the model without (NBD)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mainstay.analysis.lifetime.estimates import NOT_CONVERGED, NotEstimable
from mainstay.analysis.lifetime.prior import Pull
from mainstay.analysis.numerics.arrays import Floats, Histories
from mainstay.analysis.numerics.newton import Objective, Optimum, maximise

FIRST_LOOK = 20_000  # customers on which the search begins
NO_GAIN = 1e-4  # a smaller gain in log-likelihood over NBD is no sign of dropout
NO_DROPOUT = (
    "No dropout identified: a model in which customers never leave explains these purchases"
    " equally well, so forecasts use it (NBD) and every customer counts as alive."
)
WEAK_GAIN = 1.35  # half the 90th percentile of chi-squared(1): the 5 % test on a boundary
WEAK = (
    "Dropout is barely identified: a model in which customers never leave explains these purchases"
    " almost as well, so who has left is uncertain."
)
AT_ONCE = (
    "{} customers have repeat purchases at time 0. Merge purchases of one day into one occasion,"
    " or use a finer unit of time."
)
SAME_DROPOUT = "The probability of dropout does not differ between customers by more than chance."


@dataclass(frozen=True)
class Problem:
    """What is maximised: a log-likelihood of log parameters, where to look for it, and a prior."""

    objective: Callable[[Histories], Objective]
    starts: tuple[tuple[float, float], ...]  # of the two dropout parameters; the next on failure
    low: Floats
    high: Floats
    pull: Pull
    look: int = FIRST_LOOK

    @property
    def led(self) -> bool:
        """Return whether a prior plays a part."""
        return bool(self.pull.precision.any())

    def search(self, h: Histories, start: Floats) -> Optimum:
        """Return the maximum that a climb from start reaches."""
        objective = self.objective(h)
        climbed = self.pull.added(objective) if self.led else objective
        return maximise(climbed, start, self.low, self.high)

    def log_likelihood(self, optimum: Optimum) -> float:
        """Return the log-likelihood at the optimum, without the prior."""
        return float(optimum.value) - self.pull.log_density(optimum.point)


def highest(problem: Problem, scaled: Histories, rough: Optimum) -> Optimum | None:
    """Return the maximum over the log parameters, or None where it lies at no dropout.

    rough is the maximum of NBD on the same histories. A prior on dropout decides by itself.
    """
    best: Optimum | None = None
    for start in problem.starts:
        found = _climb(problem, scaled, np.append(rough.point, np.log(start)))
        if found.converged and (best is None or found.value > best.value):
            best = found
        if best is not None and (problem.led or best.value - rough.value >= NO_GAIN):
            return best
    if best is None:
        raise NotEstimable(NOT_CONVERGED)
    return None


def _climb(problem: Problem, scaled: Histories, start: Floats) -> Optimum:
    step = max(1, scaled.x.size // problem.look)
    if step > 1:
        look = problem.search(scaled.every(step), start)
        start = look.point if look.converged and look.free.all() else start
    return problem.search(scaled, start)
