"""What every fitted model says about its own parameters: errors, intervals, and when it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from mainstay.analysis.numerics.arrays import Floats
from mainstay.analysis.numerics.newton import Optimum, covariance
from mainstay.analysis.numerics.special import normal_quantile

NOT_CONVERGED = (
    "The model did not converge on these data: the likelihood has no clear maximum."
    " Use more customers or a longer period, or check the units of frequency and time."
)
Matrix = tuple[tuple[float, ...], ...]


class NotEstimable(ValueError):
    """The data cannot carry this model; the message says why in a sentence."""


class Interval(NamedTuple):
    """A confidence interval."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """What all fitted models share: fit, size, and the covariance of the log-parameters."""

    NAMES: ClassVar[tuple[str, ...]] = ()
    SCALED: ClassVar[tuple[str, ...]] = ()  # those in units of T, or of spend

    log_likelihood: float
    n: float
    log_covariance: Matrix  # of the logarithms of the parameters, in the order of NAMES; 0 if fixed
    note: str = ""

    def standard_errors(self) -> dict[str, float]:
        """Return the standard error of each identified parameter, from the exact Hessian."""
        return {
            name: getattr(self, name) * float(np.sqrt(variance))
            for name, variance in self._variances().items()
        }

    def confint(self, level: float = 0.95) -> dict[str, Interval]:
        """Return a Wald interval of each identified parameter, taken on the log scale.

        On the log scale the interval cannot contain values below 0. Parameters that the data do
        not identify (see note) are absent.
        """
        z = two_sided(level)
        return {
            name: Interval(
                getattr(self, name) * float(np.exp(max(-z * np.sqrt(variance), -700.0))),
                getattr(self, name) * float(np.exp(min(z * np.sqrt(variance), 600.0))),
            )
            for name, variance in self._variances().items()
        }

    def _variances(self) -> dict[str, float]:
        pairs = zip(self.NAMES, self.log_covariance, range(len(self.NAMES)), strict=True)
        return {name: row[i] for name, row, i in pairs if row[i] > 0}


def two_sided(level: float) -> float:
    """Return the normal quantile of a two-sided interval, or raise ValueError."""
    check_level(level)
    return float(normal_quantile(np.array([0.5 + level / 2]))[0])


def check_level(level: float) -> None:
    """Raise ValueError unless level is a probability strictly between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"level is {level}. Give a probability between 0 and 1, such as 0.95.")


def parameter_covariance(optimum: Optimum) -> Matrix:
    """Return the covariance at the optimum, or raise NotEstimable where it does not exist."""
    matrix = covariance(optimum) if optimum.converged else None
    if matrix is None or not np.isfinite(matrix).all():
        raise NotEstimable(NOT_CONVERGED)
    return as_matrix(matrix)


def as_matrix(array: Floats) -> Matrix:
    """Return a square array as nested tuples, which are frozen and comparable."""
    return tuple(tuple(float(v) for v in row) for row in array)
