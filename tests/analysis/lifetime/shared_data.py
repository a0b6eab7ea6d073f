"""The papers' data: from the shared folder where there is one, else from the lifetimes package."""

from __future__ import annotations

import os
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest

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
