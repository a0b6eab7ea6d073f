"""Bins of lifetime value: round numbers that span orders of magnitude, and nobody left out."""

import numpy as np
import pyarrow as pa
import pytest

from mainstay.analysis.value import summary


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        (100, 5_000, [100, 200, 500, 1000, 2000, 5000]),
        (130, 900, [100, 200, 500, 1000]),
        (0, 0, [1, 2]),
        (0, 3, [1, 2, 5]),
        (7, 7, [1, 2, 5, 10]),
    ],
)
def test_steps(low: float, high: float, steps: list[float]) -> None:
    assert summary._steps(low, high) == steps


@pytest.mark.parametrize("worth", [[0], [0, 0, 0], [1], [5, 10**12], list(range(2000))])
def test_every_customer_is_in_a_bin(worth: list[int]) -> None:
    table = pa.table({"clv_minor": pa.array(worth, pa.int64())})

    found = summary._distribution(table)

    assert found is not None
    assert sum(one["n"] for one in found["bins"]) == len(worth)
    assert found["bins"][0]["low"] == 0


def test_a_skewed_base_fills_many_bins() -> None:
    drawn = np.random.default_rng(5).lognormal(10, 2, 5000).astype("int64")

    found = summary._distribution(pa.table({"clv_minor": drawn}))

    assert found is not None
    assert max(one["n"] for one in found["bins"]) < len(drawn) / 3
