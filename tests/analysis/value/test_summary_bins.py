"""Bins of lifetime value: round numbers that span orders of magnitude, and nobody left out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from mainstay.analysis.value import summary, totals

from .drawn import DUCK, table


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


def distribution(worth: Sequence[int]) -> dict[str, Any]:
    no = [0] * len(worth)
    drawn = table(
        p_alive=no, expected_12m=no, clv_minor=worth, clv_low_minor=no, clv_high_minor=worth
    )
    (sums,) = DUCK.run(totals.expected(drawn)).to_pylist()
    edges = summary.value_edges(sums)
    (above,) = DUCK.run(totals.above(drawn, edges)).to_pylist()
    return summary.distribution(sums, edges, above)


@pytest.mark.parametrize("worth", [[0], [0, 0, 0], [1], [5, 10**12], list(range(2000))])
def test_every_customer_is_in_a_bin(worth: list[int]) -> None:
    found = distribution(worth)

    assert sum(one["n"] for one in found["bins"]) == len(worth)
    assert found["bins"][0]["low"] == 0


def test_bins_and_quantiles_are_those_of_numpy() -> None:
    drawn = np.random.default_rng(5).lognormal(10, 2, 5000).astype("int64")

    found = distribution(drawn.tolist())

    edges = [found["bins"][0]["low"], *(one["high"] for one in found["bins"])]
    counts, _edges = np.histogram(np.clip(drawn, 0, edges[-1]), bins=edges)
    assert [one["n"] for one in found["bins"]] == counts.tolist()
    assert found["quantiles"]["99"] == pytest.approx(np.quantile(drawn, 0.99), rel=1e-12)
    assert found["above"] == np.count_nonzero(drawn > edges[-1])
    assert max(one["n"] for one in found["bins"]) < len(drawn) / 3
