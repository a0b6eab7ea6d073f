"""Cox's proportional hazards: what goes with leaving sooner or later, by lifelines.

Cox (1972), ties after Efron (1977). A ratio of 2 doubles the risk of leaving per unit of the
covariate, all others equal. It says what goes together, not what causes what.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.estimates import (
    NOT_CONVERGED,
    Interval,
    Matrix,
    NotEstimable,
    as_matrix,
    two_sided,
)
from mainstay.analysis.lifetime.renewals import checked
from mainstay.analysis.numerics.arrays import Floats, finite, numbers, same_length

FEW_LOSSES = 10  # per covariate, under which coefficients are known to be unreliable
DOUBTFUL = 0.01  # p-value of the test of proportional hazards under which it is said


class Effect(NamedTuple):
    """One covariate: log hazard ratio with error, the ratio with its interval, and the p-values."""

    coefficient: float
    standard_error: float
    ratio: float
    low: float
    high: float
    p: float  # of no effect (Wald)
    proportional_p: float  # of a constant ratio over time (Schoenfeld residuals)


@dataclass(frozen=True, kw_only=True, eq=False)
class Cox:
    """Fitted proportional hazards; coefficients in the order of names."""

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Matrix
    means: Floats  # of the covariates: the customer of the baseline
    times: Floats
    baseline: Floats  # survival of that customer after times[i]
    proportional_p: tuple[float, ...]
    concordance: float
    log_likelihood: float  # partial
    n: float
    losses: float
    note: str = ""

    def standard_errors(self) -> dict[str, float]:
        """Return the standard error of each coefficient."""
        return dict(zip(self.names, np.sqrt(np.diag(self.covariance)).tolist(), strict=True))

    def confint(self, level: float = 0.95) -> dict[str, Interval]:
        """Return the Wald interval of each coefficient."""
        z = two_sided(level)
        errors = self.standard_errors()
        pairs = zip(self.names, self.coefficients.tolist(), strict=True)
        return {n: Interval(c - z * errors[n], c + z * errors[n]) for n, c in pairs}

    def effects(self, level: float = 0.95) -> dict[str, Effect]:
        """Return what is known of each covariate."""
        from math import erfc, sqrt

        errors, intervals = self.standard_errors(), self.confint(level)
        rows = zip(self.names, self.coefficients.tolist(), self.proportional_p, strict=True)
        return {
            name: Effect(
                c,
                errors[name],
                float(np.exp(c)),
                float(np.exp(intervals[name].low)),
                float(np.exp(intervals[name].high)),
                erfc(abs(c) / errors[name] / sqrt(2)),
                proportional,
            )
            for name, c, proportional in rows
        }

    def relative_risk(self, covariates: Mapping[str, ArrayLike]) -> Floats:
        """Return the hazard of customers relative to that of the average one."""
        return np.exp((self._matrix(covariates) - self.means) @ self.coefficients)

    def survive(self, t: ArrayLike, covariates: Mapping[str, ArrayLike]) -> Floats:
        """Return S(t) of each customer, one row per customer and one column per time."""
        moments = numbers("t", t)
        if (moments > self.times[-1]).any():
            raise ValueError(
                f"t is {moments.max():g}, but nobody was observed for longer than"
                f" {self.times[-1]:g}. Cox knows nothing beyond; choose an earlier time."
            )
        place = np.searchsorted(self.times, moments, side="right") - 1
        base = np.where(place < 0, 1.0, self.baseline[np.maximum(place, 0)])
        return np.asarray(np.power(base[None, :], self.relative_risk(covariates)[:, None]))

    def _matrix(self, covariates: Mapping[str, ArrayLike]) -> Floats:
        if missing := [name for name in self.names if name not in covariates]:
            raise ValueError(f"The covariate {missing[0]} is missing. Give every one of the fit.")
        columns = {name: finite(name, covariates[name]) for name in self.names}
        same_length(**columns)
        return np.stack(list(columns.values()), axis=1)


def fit(
    *,
    tenure: ArrayLike,
    lost: ArrayLike,
    covariates: Mapping[str, ArrayLike],
    weights: ArrayLike | None = None,
) -> Cox:
    """Return Cox's model, or raise ValueError with a sentence.

    Args:
        tenure: how long each customer stayed or has stayed so far, in any unit of time.
        lost: whether the customer was lost then.
        covariates: numbers per customer by name; a category becomes one 0/1 column for each of
            its values but one.
        weights: how many customers share these values, whole numbers.
    """
    t, gone, w = checked(tenure, lost, weights)
    columns = {name: finite(name, values) for name, values in covariates.items()}
    same_length(tenure=t, **columns)
    _refuse_what_says_nothing(columns, gone, w)
    return _fitted(_frame(t, gone, w, columns), tuple(columns))


def _refuse_what_says_nothing(columns: dict[str, Floats], gone: Floats, w: Floats) -> None:
    if not columns:
        raise ValueError("There is no covariate. Give one, or use Kaplan-Meier.")
    losses = float((w * gone).sum())
    if losses <= len(columns):
        raise NotEstimable(
            f"{losses:g} customers were lost, too few for {len(columns)} covariates."
            " Use fewer covariates or a longer period."
        )
    for name, values in columns.items():
        if np.ptp(values[w > 0]) == 0:
            raise NotEstimable(f"{name} is the same for every customer. Leave it out.")
    matrix = np.stack([(v - v.mean()) / v.std() for v in columns.values()], axis=1)
    if np.linalg.matrix_rank(matrix, tol=1e-8 * np.sqrt(matrix.shape[0])) < len(columns):
        raise NotEstimable(
            f"Some of the covariates {', '.join(columns)} follow from the others."
            " Leave one out, such as one value of each category."
        )


def _frame(t: Floats, gone: Floats, w: Floats, columns: dict[str, Floats]) -> Any:
    from pandas import DataFrame  # with lifelines; heavy, and only contracts need it

    kept = w > 0
    values = {f"x{i}": v[kept] for i, v in enumerate(columns.values())}
    return DataFrame({"t": t[kept], "lost": gone[kept], "w": w[kept], **values})


def _fitted(frame: Any, names: tuple[str, ...]) -> Cox:
    from lifelines import CoxPHFitter
    from lifelines.exceptions import ConvergenceError, ConvergenceWarning
    from lifelines.statistics import proportional_hazard_test

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            found = CoxPHFitter().fit(frame, "t", "lost", weights_col="w", formula=None)
            proportional = proportional_hazard_test(found, frame, time_transform="rank")
        except (ConvergenceError, ConvergenceWarning) as reason:
            raise NotEstimable(_separated(reason)) from reason
    p_values = tuple(float(p) for p in np.atleast_1d(proportional.p_value))
    losses = float((frame["w"] * frame["lost"]).sum())
    baseline = found.baseline_survival_
    return Cox(
        names=names,
        coefficients=found.params_.to_numpy(),
        covariance=as_matrix(found.variance_matrix_.to_numpy()),
        means=found._norm_mean.to_numpy(),
        times=baseline.index.to_numpy(dtype=np.float64),
        baseline=baseline.to_numpy()[:, 0],
        proportional_p=p_values,
        concordance=float(found.concordance_index_),
        log_likelihood=float(found.log_likelihood_),
        n=float(frame["w"].sum()),
        losses=losses,
        note=_note(names, p_values, losses),
    )


def _separated(reason: Exception) -> str:
    if "separation" in str(reason):
        return (
            "A covariate tells perfectly who was lost, so its effect has no finite estimate."
            " Leave it out; most likely it was recorded after the loss."
        )
    return NOT_CONVERGED


def _note(names: tuple[str, ...], p_values: tuple[float, ...], losses: float) -> str:
    notes = []
    if losses < FEW_LOSSES * len(names):
        notes.append(
            f"{losses:g} losses for {len(names)} covariates are few:"
            f" at least {FEW_LOSSES} for each make the ratios reliable."
        )
    pairs = zip(names, p_values, strict=True)
    if doubtful := [name for name, p in pairs if p < DOUBTFUL]:
        notes.append(
            f"The ratio of {', '.join(doubtful)} changes over time more than by chance:"
            " read it as an average."
        )
    return " ".join(notes)
