"""Contracts as counts: how many customers came to each renewal, and how many of them renewed.

These counts are all that sBG needs, so a million customers become a few dozen numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.numerics.arrays import Floats, finite, numbers, same_length


@dataclass(frozen=True)
class Renewals:
    """Customers at risk and kept at renewals 1, 2, ...; n customers in all."""

    at_risk: Floats
    kept: Floats
    n: float

    @property
    def lost(self) -> Floats:
        """Return how many were lost at each renewal."""
        return self.at_risk - self.kept

    def log_likelihood(self, alpha: float, beta: float) -> tuple[float, Floats, Floats]:
        """Return sBG's log-likelihood with exact gradient and Hessian by (alpha, beta)."""
        j = np.arange(self.at_risk.size)
        whole, stayed, lost = alpha + beta + j, beta + j, self.lost
        value = np.sum(self.kept * np.log1p(-alpha / whole) + lost * np.log(alpha / whole))
        risk, risk_squared = np.sum(self.at_risk / whole), np.sum(self.at_risk / whole**2)
        gradient = np.array([lost.sum() / alpha - risk, np.sum(self.kept / stayed) - risk])
        curve = np.array([lost.sum() / alpha**2, np.sum(self.kept / stayed**2)])
        return float(value), gradient, np.full((2, 2), risk_squared) - np.diag(curve)


def of_customers(tenure: ArrayLike, lost: ArrayLike, weights: ArrayLike | None) -> Renewals:
    """Return the counts from one tenure and one flag per customer."""
    t, gone, w = checked(tenure, lost, weights)
    _whole(t)
    place = t.astype(np.int64)
    arrived = np.bincount(place, weights=w, minlength=1).astype(np.float64)
    left = np.bincount(place, weights=w * gone, minlength=1).astype(np.float64)
    at_risk = np.cumsum(arrived[::-1])[::-1]
    return Renewals(at_risk[1:], at_risk[1:] - left[1:], float(w.sum()))


def of_cohorts(cohorts: Sequence[Sequence[float]]) -> Renewals:
    """Return the counts from the survivors of each cohort: all, after renewal 1, after 2, ..."""
    counted = [_survivors(number, cohort) for number, cohort in enumerate(cohorts)]
    longest = max((cohort.size for cohort in counted), default=1) - 1
    at_risk, kept = np.zeros(longest), np.zeros(longest)
    for cohort in counted:
        at_risk[: cohort.size - 1] += cohort[:-1]
        kept[: cohort.size - 1] += cohort[1:]
    return Renewals(at_risk, kept, float(sum(cohort[0] for cohort in counted)))


def checked(
    tenure: ArrayLike, lost: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Return tenures, flags (0 or 1) and weights, or raise ValueError naming what is wrong."""
    t, gone = numbers("tenure", tenure), finite("lost", lost)
    w = np.ones_like(t) if weights is None else numbers("weights", weights)
    same_length(tenure=t, lost=gone, weights=w)
    if (wrong := ~np.isin(gone, (0.0, 1.0))).any():
        i = int(np.argmax(wrong))
        raise ValueError(
            f"lost: element {i} is {gone[i]:g}. Give 1 (true) for a lost customer, else 0 (false)."
        )
    if (wrong := (t == 0) & (gone == 1)).any():
        i = int(np.argmax(wrong))
        raise ValueError(
            f"tenure: element {i} is 0, but the customer is lost. A customer lost at the first"
            " opportunity has tenure 1; correct or leave out that customer."
        )
    return t, gone, w


def _whole(tenure: Floats) -> None:
    if (wrong := (tenure != np.floor(tenure)) | (tenure > 1e7)).any():
        i = int(np.argmax(wrong))
        raise ValueError(
            f"tenure: element {i} is {tenure[i]:g}. It numbers renewals, so give a whole number of"
            " at most ten million."
        )


def _survivors(number: int, cohort: Sequence[float]) -> Floats:
    found = numbers(f"cohort {number}", cohort)
    if found.size < 2:
        raise ValueError(
            f"cohort {number} has {found.size} counts. Give how many began and how many were left"
            " after each renewal."
        )
    if (wrong := found != np.floor(found)).any():
        i = int(np.argmax(wrong))
        raise ValueError(
            f"cohort {number}: element {i} is {found[i]:g}. Give numbers of customers, not shares:"
            " how sure the estimate is depends on how many there were."
        )
    if (wrong := np.diff(found) > 0).any():
        i = int(np.argmax(wrong)) + 1
        raise ValueError(
            f"cohort {number}: element {i} is {found[i]:g}, more than the {found[i - 1]:g} before."
            " Survivors never grow; put new customers into a cohort of their own."
        )
    return found
