"""BG/NBD against the figures printed by Fader, Hardie & Lee (2005)."""

from __future__ import annotations

import numpy as np
import pytest

from mainstay.analysis.lifetime import bg_nbd
from tests.analysis.lifetime.shared_data import cdnow, shared

WEEKS = (1, 2, 4, 12, 26, 39, 52, 78)


@pytest.fixture(scope="module")
def model() -> bg_nbd.BgNbd:
    return bg_nbd.fit(**cdnow())


def test_printed_parameters(model):
    assert (model.r, model.alpha) == pytest.approx((0.2425929, 4.4135316), abs=1e-7)
    assert (model.a, model.b) == pytest.approx((0.7928862, 2.4257537), abs=5e-7)
    assert model.log_likelihood == pytest.approx(-9582.426, abs=5e-4)
    assert model.note == ""


def test_standard_errors_from_the_exact_hessian(model):
    errors = model.standard_errors()

    assert list(errors) == ["r", "alpha", "a", "b"]
    assert list(errors.values()) == pytest.approx([0.012557, 0.37822, 0.18573, 0.70541], rel=2e-4)


def test_the_shared_file_gives_the_same(model):
    rows = np.genfromtxt(shared("cdnow_summary.csv"), delimiter=",", skip_header=1)

    again = bg_nbd.fit(frequency=rows[:, 1], recency=rows[:, 2], T=rows[:, 3])

    assert again.r == pytest.approx(model.r, rel=1e-9)


def test_customer_of_the_paper(model):
    customer = {"frequency": 2, "recency": 30.43, "T": 38.86}

    assert model.probability_alive(**customer) == pytest.approx(0.72661, abs=5e-6)
    assert model.expected_purchases(t=39, **customer) == pytest.approx(1.226, abs=5e-4)


def test_population_purchases(model):
    printed = (0.05318, 0.10323, 0.19577, 0.50062, 0.90132, 1.19502, 1.44402, 1.85797)

    assert model.population_purchases(WEEKS) == pytest.approx(printed, abs=6e-6)
