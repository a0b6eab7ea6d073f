"""Back-test: forecast the latest part of the company's own data from what was known before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from mainstay.analysis.lifetime import calendar, holdout
from mainstay.analysis.lifetime.gamma_gamma import GammaGamma
from mainstay.analysis.lifetime.purchase_model import PurchaseModel

from . import histories
from .forecasts import Cannot
from .histories import Floats, numbers

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

    purchases: PurchaseModel
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


def purchases(
    held_out: pa.Table, *, days: int, level: float, model: PurchaseModel | None = None
) -> holdout.BackTest | Cannot:
    """Fit on purchases up to the split, forecast the rest, and compare.

    Args:
        held_out: the columns HELD_OUT of `histories.calibration`, with n where rows are distinct.
        days: from the split to the as-of day.
        level: of the prediction intervals, whose coverage is counted.
        model: already fitted up to the split; else BG/NBD.
    """
    h = histories.arrays(held_out)
    of = np.ones(h.x.size, dtype=np.int64) if h.n is None else h.n.astype(np.int64)
    if reason := too_little(days, int(of.sum())):
        return Cannot("back_test", reason)
    actual = numbers(held_out, "actual")
    x, t_x, length, actual = (np.repeat(column, of) for column in (h.x, h.t_x, h.T, actual))
    try:
        return holdout.purchases(
            t=days, frequency=x, recency=t_x, T=length, actual=actual, level=level, model=model
        )
    except ValueError as reason:
        return Cannot("back_test", str(reason))


def too_little(days: int, customers: int, *, least: int = LEAST_HOLDOUT) -> str:
    """Return why so few days or customers say nothing, else an empty text."""
    if days >= least and customers >= LEAST_CUSTOMERS:
        return ""
    return (
        f"A back-test needs {LEAST_CUSTOMERS} customers known before a holdout of at least"
        f" {least} days; here are {customers} customers and {days} days."
    )


@dataclass(frozen=True)
class Daily:
    """How many customers came and bought on each day, from the first to the as-of day."""

    start: date
    born: Floats
    bought: Floats

    @classmethod
    def of(cls, by_day: pa.Table, born: pa.Table, *, as_of: date) -> "Daily":
        """Return the counts from `facts.occasions_by_day` and `totals.births`."""
        start = born["day"][0].as_py()
        length = (as_of - start).days
        return cls(start, *(_daily(rows, start, length) for rows in (born, by_day)))


def tracking(daily: Daily, model: PurchaseModel) -> tuple[dict[str, Any], ...]:
    """Return cumulative repeat purchases of all customers, actual and expected from their births.

    Customers who came after the split count from their first purchase, in both curves.
    """
    length = daily.born.size - 1
    actual = np.cumsum(daily.bought - daily.born)
    marks = np.unique(np.linspace(0, length, min(length + 1, TRACKING_POINTS)).astype(np.int64))
    clock = calendar.clock(model, length + 1)
    nodes = np.linspace(0, clock[-1] - clock[0], min(length + 1, TRACKING_POINTS))
    curve = calendar.plain(model).population_purchases(nodes)

    def forecast(mark: int) -> float:
        ages = clock[mark] - clock[: mark + 1]
        return float(daily.born[: mark + 1] @ np.interp(ages, nodes, curve))

    return tuple(
        {
            "day": (daily.start + timedelta(mark)).isoformat(),
            "actual": float(actual[mark]),
            "forecast": forecast(mark),
        }
        for mark in marks.tolist()
    )


def _daily(rows: pa.Table, start: date, length: int) -> Floats:
    """Return how many each day has, from `start` on."""
    found = np.zeros(length + 1)
    place = rows["day"].cast(pa.int32()).to_numpy() - (start - EPOCH).days
    found[place] = numbers(rows, "occasions")
    return found
