"""Back-test: fit on an earlier part of the company's own data, compare with what then happened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mainstay.analysis.lifetime import bg_nbd, forecast
from mainstay.analysis.lifetime.purchase_model import PurchaseModel, customers
from mainstay.analysis.numerics.arrays import Floats, broadcast, numbers, positive, same_length

GROUPS = 8  # customers with 0, 1, ... 6 and 7 or more purchases before


@dataclass(frozen=True)
class Errors:
    """How far the forecasts of one model were from what happened, over n customers."""

    predicted: float
    actual: float
    bias: float | None  # of the total, in per cent of the actual; None where nothing happened
    mae: float  # mean absolute error per customer
    rmse: float
    n: int


@dataclass(frozen=True)
class Group:
    """Customers with the same number of purchases before: what they did and what was forecast."""

    frequency: int  # the last group holds all with that many or more
    n: int
    actual: float  # mean per customer
    predicted: float


@dataclass(frozen=True)
class BackTest:
    """The hold-out table: the naive rate beside the model, and how often the intervals held."""

    naive: Errors
    model: Errors
    fitted: PurchaseModel
    level: float
    covered: float  # share of customers whose purchases lay within the interval
    groups: tuple[Group, ...]


def naive(*, t: float, frequency: ArrayLike, T: ArrayLike) -> Floats:
    """Return x / T * t, the rate so far continued; 0 for customers observed for no time."""
    x, length = broadcast(frequency=numbers("frequency", frequency), T=numbers("T", T))
    return np.divide(x * positive("t", t), length, out=np.zeros_like(x), where=length > 0)


def errors(predicted: ArrayLike, actual: ArrayLike) -> Errors:
    """Return the errors of forecasts of non-negative quantities, one per customer."""
    forecasts, happened = numbers("predicted", predicted), numbers("actual", actual)
    same_length(predicted=forecasts, actual=happened)
    if happened.size == 0:
        raise ValueError("There are no customers to compare. Choose an earlier split.")
    difference = forecasts - happened
    total = float(happened.sum())
    return Errors(
        predicted=float(forecasts.sum()),
        actual=total,
        bias=100.0 * float(difference.sum()) / total if total > 0 else None,
        mae=float(np.abs(difference).mean()),
        rmse=float(np.sqrt(np.square(difference).mean())),
        n=happened.size,
    )


def purchases(  # noqa: PLR0913 - one array per sufficient statistic
    *,
    t: float,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    actual: ArrayLike,
    level: float = 0.95,
    model: PurchaseModel | None = None,
) -> BackTest:
    """Return how a model fitted on the calibration period forecasts the t that followed.

    frequency, recency and T describe the calibration period, actual counts the purchases after it.
    Without a model, BG/NBD is fitted.
    """
    x, t_x, length = customers(frequency, recency, T)
    happened = numbers("actual", actual)
    same_length(frequency=x, actual=happened)
    if model is None:
        model = bg_nbd.fit(frequency=x, recency=t_x, T=length)
    expected = forecast.purchases(forecast.Base.of(model, x, t_x, length), t=t, level=level)
    within = (happened >= expected.low) & (happened <= expected.high)
    return BackTest(
        naive=errors(naive(t=t, frequency=x, T=length), happened),
        model=errors(expected.mean, happened),
        fitted=model,
        level=level,
        covered=float(within.mean()),
        groups=groups(x, happened, expected.mean),
    )


def groups(x: Floats, actual: Floats, predicted: Floats) -> tuple[Group, ...]:
    """Return actual and predicted means of customers grouped by their purchases before."""
    group = np.minimum(x, GROUPS - 1).astype(np.int64)
    n = np.bincount(group, minlength=GROUPS)
    sums = [np.bincount(group, weights=w, minlength=GROUPS) for w in (actual, predicted)]
    return tuple(
        Group(k, int(n[k]), float(sums[0][k] / n[k]), float(sums[1][k] / n[k]))
        for k in range(GROUPS)
        if n[k]
    )
