"""The hold-out table of CDNOW: calibration to 1997-09-30, then 39 weeks."""

from __future__ import annotations

import numpy as np
import pytest

from mainstay.analysis.lifetime import holdout
from tests.analysis.lifetime.shared_data import split


@pytest.fixture(scope="module")
def table() -> holdout.BackTest:
    return holdout.purchases(t=39, level=0.8, **split("1997-09-30"))


def test_actual_purchase_days(table):
    assert table.model.actual == 1882
    assert table.model.n == 2357


def test_naive_row(table):
    assert table.naive.bias == pytest.approx(55.69, abs=5e-3)
    assert table.naive.mae == pytest.approx(1.02367, abs=5e-6)
    assert table.naive.rmse == pytest.approx(2.21192, abs=5e-6)


def test_bg_nbd_row(table):
    assert table.model.bias == pytest.approx(-12.15, abs=5e-3)
    assert table.model.mae == pytest.approx(0.78545, abs=5e-6)
    assert table.model.rmse == pytest.approx(1.60798, abs=5e-6)


def test_intervals_hold_as_often_as_they_say(table):
    assert table.covered > table.level


def test_groups_add_up_to_the_total(table):
    assert [g.frequency for g in table.groups] == list(range(8))
    assert sum(g.n * g.actual for g in table.groups) == pytest.approx(1882)


def test_bias_is_unknown_where_nothing_happened():
    assert holdout.errors([0.5, 0.5], [0.0, 0.0]).bias is None


def test_no_customers_is_said():
    with pytest.raises(ValueError, match="no customers to compare"):
        holdout.errors([], [])


def test_naive_of_a_customer_observed_for_no_time_is_zero():
    assert np.array_equal(holdout.naive(t=10, frequency=[0, 2], T=[0, 4]), [0.0, 5.0])
