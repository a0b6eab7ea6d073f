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
