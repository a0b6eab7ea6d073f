"""NBD: nobody leaves."""

from __future__ import annotations

import numpy as np
import pytest

from mainstay.analysis.lifetime import beta_geometric, bg_nbd, nbd
from tests.analysis.lifetime.shared_data import cdnow


def drawn() -> dict[str, np.ndarray]:
    """Return customers with rates Gamma(0.8, 12) observed for different times."""
    rng = np.random.default_rng(5)
    T = rng.uniform(10, 90, 20_000)
    x = rng.poisson(rng.gamma(0.8, 1 / 12, T.size) * T)
    return {"frequency": x, "recency": np.where(x > 0, T, 0.0), "T": T}


def test_finds_back_known_parameters():
    intervals = nbd.fit(**drawn()).confint(0.999)

    assert intervals["r"].low < 0.8 < intervals["r"].high
    assert intervals["alpha"].low < 12 < intervals["alpha"].high


def test_expected_purchases_are_the_pooled_rate():
    model = nbd.fit(**drawn())

    expected = model.expected_purchases(t=10, frequency=3, recency=5, T=20)

    assert expected == pytest.approx((model.r + 3) / (model.alpha + 20) * 10)
    assert model.population_purchases([10]) == pytest.approx(10 * model.r / model.alpha)
    assert model.probability_alive(frequency=3, recency=5, T=20) == 1


def test_bg_nbd_never_fits_worse():
    assert bg_nbd.fit(**cdnow()).log_likelihood > nbd.fit(**cdnow()).log_likelihood


def test_bg_nbd_without_dropout_forecasts_the_same():
    model = nbd.fit(**cdnow())
    same = beta_geometric.without_dropout(bg_nbd.BgNbd, model)
    customers = {name: values[:50] for name, values in cdnow().items()}

    assert same.expected_purchases(t=39, **customers) == pytest.approx(
        model.expected_purchases(t=39, **customers), rel=1e-10
    )
