"""Back-test: forecast the latest part of the company's own data from what was known before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from mainstay.analysis.lifetime import holdout
from mainstay.analysis.lifetime.bg_nbd import BgNbd
from mainstay.analysis.lifetime.gamma_gamma import GammaGamma

from . import histories
from .forecasts import Cannot
from .histories import numbers

LONGEST_HOLDOUT = 365  # days
LEAST_CUSTOMERS = 100
LEAST_HOLDOUT = 28  # days
TRACKING_POINTS = 60
EPOCH = date(1970, 1, 1)
HELD_OUT = (*histories.PURCHASES, "actual")


@dataclass(frozen=True)
class BackTest:
    """The hold-out table of purchases, total revenue beside it, and the tracking curve."""

    split: date
    days: int
    purchases: holdout.BackTest
    revenue: Mapping[str, float | None]  # actual and forecast, in minor units
    tracking: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Revenue:
    """A function over batches of `histories.calibration`: the revenue expected after the split."""

    purchases: BgNbd
    spend: GammaGamma | None
    days: int
    schema = pa.schema([("actual", pa.float64()), ("forecast", pa.float64())])

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the actual and the expected revenue of each batch; forecast null without spend."""
        for rows in histories.gathered(batches):
            h = histories.arrays(rows)
            found = {"actual": [float(numbers(rows, "revenue_minor").sum())], "forecast": [None]}
            if self.spend is not None:
                bought = self.purchases.expected_purchases(
                    t=self.days, frequency=h.x, recency=h.t_x, T=h.T
                )
                found["forecast"] = [float(bought @ self.spend.average(h.x, h.m))]
            yield pa.record_batch(found, schema=self.schema)


def split_day(*, first_day: date, as_of: date) -> date:
    """Return the last day of the calibration period: a year before the end, at most half."""
    return as_of - timedelta(min(LONGEST_HOLDOUT, (as_of - first_day).days // 2))


def purchases(held_out: pa.Table, *, days: int, level: float) -> holdout.BackTest | Cannot:
    """Fit on purchases up to the split, forecast the rest, and compare.

    Args:
        held_out: the columns HELD_OUT of `histories.calibration`, with n where rows are distinct.
        days: from the split to the as-of day.
        level: of the prediction intervals, whose coverage is counted.
    """
    h = histories.arrays(held_out)
    of = np.ones(h.x.size, dtype=np.int64) if h.n is None else h.n.astype(np.int64)
    if days < LEAST_HOLDOUT or of.sum() < LEAST_CUSTOMERS:
        return Cannot("back_test", _too_little(days, int(of.sum())))
    actual = numbers(held_out, "actual")
    x, t_x, length, actual = (np.repeat(column, of) for column in (h.x, h.t_x, h.T, actual))
    try:
        return holdout.purchases(
            t=days, frequency=x, recency=t_x, T=length, actual=actual, level=level
        )
    except ValueError as reason:
        return Cannot("back_test", str(reason))


def _too_little(days: int, customers: int) -> str:
    return (
        f"A back-test needs {LEAST_CUSTOMERS} customers known before a holdout of at least"
        f" {LEAST_HOLDOUT} days; here are {customers} customers and {days} days."
    )


def tracking(
    by_day: pa.Table, born: pa.Table, model: BgNbd, *, as_of: date
) -> tuple[dict[str, Any], ...]:
    """Return cumulative repeat purchases of all customers, actual and expected from their births.

    Customers who came after the split count from their first purchase, in both curves.
    """
    start = born["day"][0].as_py()
    length = (as_of - start).days
    births, bought = (_daily(rows, start, length) for rows in (born, by_day))
    actual = np.cumsum(bought - births)
    nodes = np.linspace(0, length, min(length + 1, TRACKING_POINTS))
    curve = np.interp(np.arange(length + 1), nodes, model.population_purchases(nodes))
    return tuple(
        {
            "day": (start + timedelta(mark)).isoformat(),
            "actual": float(actual[mark]),
            "forecast": float(births[: mark + 1] @ curve[mark::-1]),
        }
        for mark in np.unique(nodes.astype(np.int64)).tolist()
    )


def _daily(rows: pa.Table, start: date, length: int) -> histories.Floats:
    """Return how many each day has, from `start` on."""
    found = np.zeros(length + 1)
    place = rows["day"].cast(pa.int32()).to_numpy() - (start - EPOCH).days
    found[place] = numbers(rows, "occasions")
    return found
