"""The papers' data: from the shared folder where there is one, else from the lifetimes package."""

from __future__ import annotations

import os
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

SHARED = Path(os.environ.get("MAINSTAY_SHARED", Path(__file__).parents[4] / "shared"))


def shared(name: str) -> Path:
    """Return a file of the shared data, or skip the test by its name."""
    path = SHARED / "data" / name
    if not path.exists():
        pytest.skip(f"absent: {path}")
    return path


def packaged(name: str) -> Path:
    """Return a file of the lifetimes package without importing the package."""
    return Path(str(distribution("lifetimes").locate_file(f"lifetimes/datasets/{name}")))


def cdnow() -> dict[str, np.ndarray]:
    """Return CDNOW's sample: frequency, recency, T in weeks after 39 weeks."""
    rows = np.genfromtxt(packaged("cdnow_customers_summary.csv"), delimiter=",", skip_header=1)
    return {"frequency": rows[:, 1], "recency": rows[:, 2], "T": rows[:, 3]}


def cdnow_spend() -> dict[str, np.ndarray]:
    """Return CDNOW's sample: frequency and mean repeat spend in dollars."""
    file = packaged("cdnow_customers_summary_with_transactions.csv")
    rows = np.genfromtxt(file, delimiter=",", skip_header=1)
    return {"frequency": rows[:, 1], "monetary": rows[:, 4]}


def cdnow_days() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return CDNOW's sample as customer, day and dollars, one row per customer and day."""
    rows = np.genfromtxt(packaged("CDNOW_sample.txt"), usecols=(1, 2, 4))
    days = np.array([np.datetime64(f"{d[:4]}-{d[4:6]}-{d[6:]}") for d in _texts(rows[:, 1])])
    keys, place = np.unique(np.stack([rows[:, 0], days.astype(int)]), axis=1, return_inverse=True)
    return keys[0], keys[1], np.bincount(place.ravel(), weights=rows[:, 2])


def split(end: str) -> dict[str, np.ndarray]:
    """Return the sample's histories to the end day in weeks, and the purchase days after it."""
    who, day, _ = cdnow_days()
    last = float(np.datetime64(end).astype(int))
    ids, place = np.unique(who, return_inverse=True)
    first = np.full(ids.size, np.inf)
    np.minimum.at(first, place, day)
    latest = first.copy()
    before = day <= last
    np.maximum.at(latest, place[before], day[before])
    return {
        "frequency": np.bincount(place, weights=before) - 1,
        "recency": (latest - first) / 7,
        "T": (last - first) / 7,
        "actual": np.bincount(place, weights=~before).astype(float),
    }


def _texts(column: np.ndarray) -> list[str]:
    return [str(int(value)) for value in column]


def cdnow_all() -> dict[str, np.ndarray]:
    """Return the histories of all 23 570 customers of CDNOW in days."""
    lines = shared("CDNOW_master.txt").read_text(errors="ignore").splitlines()
    rows = [line.split() for line in lines if line.strip()[:1].isdigit()]
    who = np.array([row[0] for row in rows])
    day = np.array([f"{d[:4]}-{d[4:6]}-{d[6:]}" for _, d, *_ in rows])
    return _histories(who, day.astype("datetime64[D]").astype(np.int64))


def online_retail(end: str) -> dict[str, np.ndarray]:
    """Return Online Retail's histories to the end day in days, cancellations left out."""
    columns = ["InvoiceNo", "CustomerID", "InvoiceDate", "Quantity"]
    lines = parquet.read_table(shared("online_retail.parquet"), columns=columns).drop_null()
    day = lines["InvoiceDate"].to_numpy().astype("datetime64[D]")
    cancelled = np.array([i.startswith("C") for i in lines["InvoiceNo"].to_pylist()])
    used = ~cancelled & (lines["Quantity"].to_numpy() > 0) & (day <= np.datetime64(end))
    last = np.datetime64(end).astype(np.int64)
    return _histories(lines["CustomerID"].to_numpy()[used], day[used].astype(np.int64), last)


def _histories(who: np.ndarray, day: np.ndarray, end: int | None = None) -> dict[str, np.ndarray]:
    _, place = np.unique(who, return_inverse=True)
    place, day = np.unique(np.stack([place, day]), axis=1)
    first, last = np.full(place.max() + 1, np.inf), np.zeros(place.max() + 1)
    np.minimum.at(first, place, day)
    np.maximum.at(last, place, day)
    T = (day.max() if end is None else end) - first
    return {"frequency": np.bincount(place) - 1, "recency": last - first, "T": T}


def cdnow_all_spend() -> dict[str, np.ndarray]:
    """Return the repeat purchase days of all of CDNOW and the mean spend on them in dollars."""
    rows = [line.split() for line in shared("CDNOW_master.txt").read_text().splitlines()]
    rows = [row for row in rows if row and row[0].isdigit()]
    keys, place = np.unique(
        np.array([[int(row[0]), int(row[1])] for row in rows]), axis=0, return_inverse=True
    )
    spent = np.bincount(place.ravel(), weights=[float(row[3]) for row in rows])
    first = np.append(True, np.diff(keys[:, 0]) != 0)
    who = np.cumsum(first) - 1
    x = np.bincount(who) - 1
    total = np.bincount(who, weights=np.where(first, 0.0, spent))
    return {"frequency": x, "monetary": total / np.maximum(x, 1)}
