"""Sums over a base: their intervals hold, and tracking curves are sums over births."""

from __future__ import annotations

import numpy as np
import pytest

from mainstay.analysis.lifetime import bg_nbd, forecast, nbd, totals
from tests.analysis.lifetime.simulated import World, draw

WORLD = World()


def test_interval_of_a_total_holds_as_often_as_it_says():
    held = 0
    for seed in range(120):
        base = draw(600, WORLD, seed=seed)
        fitted = bg_nbd.fit(**base.histories)
        known = forecast.Base.of(fitted, base.frequency, base.recency, base.T)
        found = totals.purchases(known, t=WORLD.t, level=0.9)
        held += found.low <= base.later.sum() <= found.high

    assert 0.83 <= held / 120 <= 0.97


def test_total_is_the_sum_of_expectations():
    base = draw(500, WORLD)
    fitted = bg_nbd.fit(**base.histories)
    known = forecast.Base.of(fitted, base.frequency, base.recency, base.T)

    found = totals.purchases(known, t=100, level=0.8)

    expected = fitted.expected_purchases(t=100, **base.histories).sum()
    assert found.mean == pytest.approx(expected, rel=1e-6)
    assert found.low < found.mean < found.high
    assert totals.purchases(known, t=0, level=0.8) == (0, 0, 0)


def test_tracking_adds_up_births():
    model = nbd.fit(**draw(800, WORLD).histories)
    born = np.zeros(101)
    born[[0, 30]] = 50, 20

    curve = totals.tracking(
        model, born=born, clock=np.arange(101.0), marks=np.array([0, 30, 100]), level=0.9
    )

    daily = model.r / model.alpha
    assert curve.mean == pytest.approx([0, 50 * 30 * daily, (50 * 100 + 20 * 70) * daily], rel=1e-6)
    assert np.all(curve.low[1:] < curve.mean[1:])
    assert np.all(curve.mean[1:] < curve.high[1:])
