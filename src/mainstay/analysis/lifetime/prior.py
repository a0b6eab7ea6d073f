"""Prior beliefs for bases too small to speak for themselves: maximum a posteriori (MAP) fits.

Each named parameter is taken as lognormal before the data are seen: its median and the standard
deviation of its logarithm. Parameters that are not named are left to the data. The usual prior for
a small segment is the fit of the whole base: `Prior.around(whole, spread=0.5)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mainstay.analysis.lifetime.estimates import Fitted
from mainstay.analysis.numerics.arrays import Floats, positive
from mainstay.analysis.numerics.newton import Objective

USED = "The fit leans on a prior, so its intervals hold only as far as the prior does."


@dataclass(frozen=True)
class Belief:
    """What is believed of a parameter: its median, in its own unit, and the spread of its log."""

    median: float
    spread: float

    def __post_init__(self) -> None:
        """Raise ValueError unless both are positive."""
        positive("median", self.median)
        positive("spread", self.spread)


class Prior:
    """Beliefs by the name of the parameter, such as Prior(r=Belief(0.5, 1.0))."""

    def __init__(self, **beliefs: Belief) -> None:
        """Keep the beliefs."""
        self.beliefs = beliefs

    @classmethod
    def around(cls, model: Fitted, spread: float) -> Prior:
        """Return the prior whose medians are the parameters of a fitted model, where identified."""
        names = [n for n, row in zip(model.NAMES, _diagonal(model), strict=True) if row > 0]
        return cls(**{name: Belief(getattr(model, name), spread) for name in names})

    def pull(self, model: type[Fitted], unit: float) -> Pull:
        """Return the prior on log parameters, those in units of T or of spend divided by unit."""
        unknown = sorted(set(self.beliefs) - set(model.NAMES))
        if unknown:
            raise ValueError(
                f"The prior names {', '.join(unknown)}, but the model has"
                f" {', '.join(model.NAMES)}. Name parameters of this model."
            )
        centre, precision = np.zeros(len(model.NAMES)), np.zeros(len(model.NAMES))
        for i, name in enumerate(model.NAMES):
            if name in self.beliefs:
                belief = self.beliefs[name]
                scale = unit if name in model.SCALED else 1.0
                centre[i] = np.log(belief.median / scale)
                precision[i] = belief.spread**-2
        return Pull(centre, precision)


class Pull(NamedTuple):
    """A normal prior on log parameters; a precision of 0 leaves the parameter to the data."""

    centre: Floats
    precision: Floats

    def log_density(self, point: Floats) -> float:
        """Return the log density, up to a constant."""
        return -0.5 * float(self.precision @ np.square(point - self.centre))

    def added(self, objective: Objective) -> Objective:
        """Return log-likelihood plus log prior, with derivatives."""

        def posterior(point: Floats) -> tuple[float, Floats, Floats]:
            value, gradient, hessian = objective(point)
            slope = self.precision * (point - self.centre)
            value += self.log_density(point)
            return value, gradient - slope, hessian - np.diag(self.precision)

        return posterior


def pull(prior: Prior | None, model: type[Fitted], unit: float) -> Pull:
    """Return the prior's pull; none without a prior."""
    return (Prior() if prior is None else prior).pull(model, unit)


def _diagonal(model: Fitted) -> list[float]:
    return [row[i] for i, row in enumerate(model.log_covariance)]
