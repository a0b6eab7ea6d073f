"""Back-test: forecast the latest part of the company's own data from what was known before it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mainstay.analysis.lifetime import gamma_gamma, holdout
from mainstay.analysis.lifetime.bg_nbd import BgNbd

from .forecasts import Cannot, Histories, days, mean_of, numbers

LONGEST_HOLDOUT = 365  # days
LEAST_CUSTOMERS = 100
LEAST_HOLDOUT = 28  # days
TRACKING_POINTS = 60
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class BackTest:
    """The hold-out table of purchases, total revenue beside it, and the tracking curve."""

    split: date
    days: int
    purchases: holdout.BackTest
    revenue_actual_minor: float
    revenue_forecast_minor: float | None
    tracking: tuple[dict[str, Any], ...]


def split_day(*, first_day: date, as_of: date) -> date:
    """Return the last day of the calibration period: a year before the end, at most half."""
    return as_of - timedelta(min(LONGEST_HOLDOUT, (as_of - first_day).days // 2))


def back_test(
    customers: pa.Table, *, by_day: pa.Table, split: date, as_of: date, level: float
) -> BackTest | Cannot:
    """Fit on purchases up to `split`, forecast the rest up to `as_of`, and compare.

    Args:
        customers: `customer_facts` of buyers.
        by_day: `occasions_by_day`.
        split, as_of: as `customer_facts` took them.
        level: of the prediction intervals, whose coverage is counted.
    """
    length = (as_of - split).days
    known = customers.filter(pc.greater(customers["calibration_occasions"], pa.scalar(0)))
    if length < LEAST_HOLDOUT or known.num_rows < LEAST_CUSTOMERS:
        return Cannot("back_test", _too_little(length, known.num_rows))
    h = _calibration(known, split)
    actual = numbers(known, "occasions") - numbers(known, "calibration_occasions")
    try:
        found = holdout.purchases(
            t=length, frequency=h.x, recency=h.t_x, T=h.T, actual=actual, level=level
        )
    except ValueError as reason:
        return Cannot("back_test", str(reason))
    revenue = numbers(known, "revenue_minor") - numbers(known, "calibration_minor")
    return BackTest(
        split=split,
        days=length,
        purchases=found,
        revenue_actual_minor=float(revenue.sum()),
        revenue_forecast_minor=_revenue(found.fitted, h, length),
        tracking=_tracking(customers, by_day, found.fitted, as_of=as_of),
    )


def _revenue(model: BgNbd, h: Histories, length: int) -> float | None:
    """Return the revenue forecast for the holdout; None where spend cannot be modelled."""
    try:
        spend = gamma_gamma.fit(frequency=h.x, monetary=h.m)
    except ValueError:
        return None
    bought = model.expected_purchases(t=length, frequency=h.x, recency=h.t_x, T=h.T)
    return float(bought @ spend.average(h.x, h.m))


def _too_little(length: int, customers: int) -> str:
    return (
        f"A back-test needs {LEAST_CUSTOMERS} customers known before a holdout of at least"
        f" {LEAST_HOLDOUT} days; here are {customers} customers and {length} days."
    )


def _calibration(known: pa.Table, split: date) -> Histories:
    first, last = days(known, "first_day"), days(known, "calibration_last_day")
    x = numbers(known, "calibration_occasions") - 1.0
    spent = numbers(known, "calibration_minor") - numbers(known, "first_minor")
    return Histories(x, last - first, (split - EPOCH).days - first, mean_of(spent, x))


def _tracking(
    customers: pa.Table, by_day: pa.Table, model: BgNbd, *, as_of: date
) -> tuple[dict[str, Any], ...]:
    """Return cumulative repeat purchases of all customers, actual and expected from their births.

    Customers who came after the split count from their first purchase, in both curves.
    """
    first = days(customers, "first_day").astype(np.int64)
    start, length = int(first.min()), (as_of - EPOCH).days - int(first.min())
    born = np.bincount(first - start, minlength=length + 1).astype(np.float64)
    bought = np.zeros_like(born)
    bought[days(by_day, "day").astype(np.int64) - start] = numbers(by_day, "occasions")
    actual = np.cumsum(bought - born)
    nodes = np.linspace(0, length, min(length + 1, TRACKING_POINTS))
    curve = np.interp(np.arange(length + 1), nodes, model.population_purchases(nodes))
    return tuple(
        {
            "day": (EPOCH + timedelta(start + mark)).isoformat(),
            "actual": float(actual[mark]),
            "forecast": float(born[: mark + 1] @ curve[mark::-1]),
        }
        for mark in np.unique(nodes.astype(np.int64)).tolist()
    )
