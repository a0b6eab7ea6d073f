"""Bootstrap errors beside those of the Hessian, where the model is true."""

from __future__ import annotations

import numpy as np
import pytest

from mainstay.analysis.lifetime import bg_nbd, bootstrap, gamma_gamma
from tests.analysis.lifetime.simulated import draw


def test_agrees_with_the_hessian_where_the_model_is_true():
    h = draw(3000).histories

    found = bootstrap.refits(bg_nbd.fit, draws=100, **h)

    expected = bg_nbd.fit(**h).standard_errors()
    assert found.failed == 0
    for name, error in found.standard_errors().items():
        assert error == pytest.approx(expected[name], rel=0.35)


def test_intervals_hold_the_estimate_and_grow_with_the_level():
    d = draw(2000)
    spend = {"frequency": d.frequency, "monetary": d.monetary}

    found = bootstrap.refits(gamma_gamma.fit, draws=40, **spend)

    wide, narrow = found.confint(0.95), found.confint(0.5)
    for name, interval in wide.items():
        assert interval.low < narrow[name].low < narrow[name].high < interval.high
        assert interval.low < getattr(gamma_gamma.fit(**spend), name) < interval.high


def test_the_seed_decides():
    h = draw(500).histories

    one, same, other = (
        bootstrap.refits(bg_nbd.fit, draws=20, seed=seed, **h) for seed in (1, 1, 2)
    )

    assert one == same
    assert one != other


def test_weights_are_drawn_from():
    h = draw(500).histories

    found = bootstrap.refits(bg_nbd.fit, draws=20, weights=np.full(500, 4.0), **h)

    alone = bootstrap.refits(bg_nbd.fit, draws=20, **h)
    assert found.standard_errors()["r"] < alone.standard_errors()["r"]


def test_too_few_draws_are_refused():
    with pytest.raises(ValueError, match="draws is 3"):
        bootstrap.refits(bg_nbd.fit, draws=3, **draw(100).histories)
