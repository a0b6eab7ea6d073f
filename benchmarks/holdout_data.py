"""The purchase days of CDNOW and Online Retail, and the histories that a split makes of them."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from mainstay.analysis.lifetime.compare import Holdout
from mainstay.analysis.lifetime.dated import Dated, dated

SHARED = Path(os.environ.get("MAINSTAY_SHARED", Path(__file__).parents[2] / "shared")) / "data"
WEEK = 7.0


@dataclass(frozen=True)
class Days:
    """One purchase day per element: customer (numbered from 0) and day since 1970."""

    customer: np.ndarray
    day: np.ndarray

    @classmethod
    def of(cls, who: np.ndarray, day: np.ndarray) -> "Days":
        _, place = np.unique(who, return_inverse=True)
        return cls(*np.unique(np.stack([place, day.astype("datetime64[D]").astype(int)]), axis=1))


@dataclass(frozen=True)
class Split:
    """Customers known at the split: history in weeks, purchase days in the holdout."""

    frequency: np.ndarray
    recency: np.ndarray
    T: np.ndarray
    actual: np.ndarray
    weeks: float

    def write(self, path: Path) -> None:
        columns = {"frequency": self.frequency, "recency": self.recency, "T": self.T}
        parquet.write_table(pa.table(columns), path)


def split(days: Days, end: str, last: str) -> Split:
    """Return the histories up to `end` and what happened up to `last`."""
    cut, final = (int(np.datetime64(text).astype(int)) for text in (end, last))
    first = np.full(days.customer.max() + 1, np.inf)
    np.minimum.at(first, days.customer, days.day)
    known = first <= cut
    before, after = days.day <= cut, (days.day > cut) & (days.day <= final)
    latest = np.zeros_like(first)
    np.maximum.at(latest, days.customer[before], days.day[before])
    n = first.size
    return Split(
        frequency=np.bincount(days.customer[before], minlength=n)[known] - 1.0,
        recency=(latest - first)[known] / WEEK,
        T=(cut - first)[known] / WEEK,
        actual=np.bincount(days.customer[after], minlength=n)[known].astype(float),
        weeks=(final - cut) / WEEK,
    )


def cdnow(name: str, columns: tuple[int, int]) -> Days:
    """Return a file of CDNOW, its customer and date in these columns."""
    lines = (SHARED / name).read_text(errors="ignore").splitlines()
    rows = [line.split() for line in lines if line.strip()[:1].isdigit()]
    dates = [row[columns[1]] for row in rows]
    day = np.array([f"{d[:4]}-{d[4:6]}-{d[6:]}" for d in dates], dtype="datetime64[D]")
    return Days.of(np.array([row[columns[0]] for row in rows]), day)


def online_retail() -> Days:
    """Return Online Retail: cancellations, returns and lines without a customer left out."""
    names = ["InvoiceNo", "CustomerID", "InvoiceDate", "Quantity"]
    lines = parquet.read_table(SHARED / "online_retail.parquet", columns=names).drop_null()
    cancelled = np.array([i.startswith("C") for i in lines["InvoiceNo"].to_pylist()])
    used = ~cancelled & (lines["Quantity"].to_numpy() > 0)
    return Days.of(lines["CustomerID"].to_numpy()[used], lines["InvoiceDate"].to_numpy()[used])


def known_at(days: Days, end: str | int, last: str | int) -> tuple[Dated, Holdout]:
    """Return the dated histories at `end` and what happened up to `last`."""
    cut, final = _day(end), _day(last)
    first = np.full(days.customer.max() + 1, np.inf)
    np.minimum.at(first, days.customer, days.day)
    known = first <= cut
    before, after = days.day <= cut, (days.day > cut) & (days.day <= final)
    latest, n = np.zeros_like(first), first.size
    np.maximum.at(latest, days.customer[before], days.day[before])
    start = int(first.min())
    history = dated(
        frequency=np.bincount(days.customer[before], minlength=n)[known] - 1.0,
        recency=(latest - first)[known],
        T=cut - first[known],
        born=np.bincount(first[known].astype(int) - start, minlength=cut - start + 1),
        bought=np.bincount(days.day[before] - start, minlength=cut - start + 1),
    )
    bought = np.bincount(days.customer[after], minlength=n)[known].astype(float)
    return history, Holdout(float(final - cut), bought)


def inner(days: Days, end: str) -> tuple[Dated, Holdout]:
    """Return the same for a split in the middle of what was known at `end`."""
    cut, start = _day(end), int(days.day.min())
    return known_at(days, cut - (cut - start) // 2, cut)


def _day(day: str | int) -> int:
    return day if isinstance(day, int) else int(np.datetime64(day).astype(int))
