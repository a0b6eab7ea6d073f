"""One fit per cohort or segment; groups too small for their own are pooled, and it is said.

fit_by(bg_nbd.fit, groups=cohort, frequency=x, recency=t_x, T=T) works with the fit of any model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime.estimates import Fitted, NotEstimable

LEAST = 200  # customers; below, the errors of a fit are larger than what groups usually differ by
POOLED = (
    "{} has {} customers, fewer than {}, so it shares one fit with all other groups too small or"
    " too quiet for their own."
)
QUIET = "{} cannot carry a fit of its own, so it shares one with other such groups: {}"
WITH_ALL = " Even together these groups are too few, so the fit of all customers is used."
Model = TypeVar("Model", bound=Fitted)
Fit = Callable[..., Model]


@dataclass(frozen=True)
class GroupFit(Generic[Model]):
    """The fit that a group uses: its own, or one that it shares (then note says why)."""

    group: Any
    customers: int
    model: Model
    pooled: bool = False
    note: str = ""


def fit_by(
    fit: Fit[Model], *, groups: ArrayLike, least: int = LEAST, **arrays: ArrayLike
) -> tuple[GroupFit[Model], ...]:
    """Return one result per group, ordered by group; arrays are those that fit takes."""
    keys = np.asarray(groups)
    columns = {name: np.asarray(values) for name, values in arrays.items() if values is not None}
    _check(keys, columns)
    names, place = np.unique(keys, return_inverse=True)
    own: dict[int, Model] = {}
    why: dict[int, str] = {}
    for i, name in enumerate(names.tolist()):
        who = place == i
        if who.sum() < least:
            why[i] = POOLED.format(name, who.sum(), least)
            continue
        try:
            own[i] = fit(**{key: column[who] for key, column in columns.items()})
        except NotEstimable as reason:
            why[i] = QUIET.format(name, reason)
    shared, addition = _shared(fit, columns, np.isin(place, list(why))) if why else (None, "")
    return tuple(
        GroupFit(name, int(np.sum(place == i)), own[i])
        if i in own
        else GroupFit(name, int(np.sum(place == i)), _given(shared), True, why[i] + addition)
        for i, name in enumerate(names.tolist())
    )


def _shared(
    fit: Fit[Model], columns: dict[str, np.ndarray], pooled: np.ndarray
) -> tuple[Model, str]:
    """Return the fit of the pooled groups, else that of all customers, and what to say of it."""
    try:
        return fit(**{key: column[pooled] for key, column in columns.items()}), ""
    except NotEstimable:
        return fit(**columns), WITH_ALL


def _given(model: Model | None) -> Model:
    if model is None:  # cannot be: a group without its own fit has made the shared one
        raise NotEstimable("No group could be fitted.")
    return model


def _check(keys: np.ndarray, columns: dict[str, np.ndarray]) -> None:
    sizes = {"groups": keys.size} | {name: column.size for name, column in columns.items()}
    if keys.ndim != 1 or len(set(sizes.values())) > 1:
        listed = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise ValueError(
            f"The arrays have different lengths: {listed}. Give one element per customer in each."
        )
    if not columns:
        raise ValueError("There is nothing to fit. Give frequency, recency and T.")
