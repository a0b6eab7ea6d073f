"""Kaplan-Meier against the textbook's leukaemia data (Freireich et al. 1963)."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainstay.analysis.lifetime import kaplan_meier
from mainstay.analysis.lifetime.estimates import NotEstimable

TREATED = ((6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
           (1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0))  # fmt: skip
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)


@pytest.fixture(scope="module")
def curve() -> kaplan_meier.KaplanMeier:
    return kaplan_meier.fit(tenure=TREATED[0], lost=TREATED[1])


def test_printed_curve(curve):
    printed = (0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482)

    assert curve.survive([6, 7, 10, 13, 16, 22, 23]) == pytest.approx(printed, abs=5e-5)
    assert curve.survive([0, 5.9, 9, 35]).tolist() == pytest.approx(
        [1, 1, 0.8067, 0.4482], abs=5e-5
    )
    assert (curve.n, curve.losses, curve.quantile()) == (21, 9, 23)
    assert curve.quantile_interval() == (13, np.inf)
    assert curve.note.startswith("From 6 on, fewer than 30")


def test_intervals_equal_greenwood_on_the_log_log_scale(curve):
    variance = np.cumsum(curve.lost / (curve.at_risk * (curve.at_risk - curve.lost)))
    reach = 1.959964 * np.sqrt(variance) / -np.log(curve.survival)

    assert curve.low == pytest.approx(curve.survival ** np.exp(reach), rel=1e-6)
    assert curve.high == pytest.approx(curve.survival ** np.exp(-reach), rel=1e-6)


def test_mean_lifetime_is_the_area():
    whole = kaplan_meier.fit(tenure=PLACEBO, lost=np.ones(21))

    assert whole.mean_lifetime(23) == pytest.approx(np.mean(PLACEBO))
    assert whole.survive(100) == 0


def test_weights_count_customers(curve):
    rows, n = np.unique(np.array(TREATED), axis=1, return_counts=True)

    again = kaplan_meier.fit(tenure=rows[0], lost=rows[1], weights=n)

    assert again.survival == pytest.approx(curve.survival)
    assert again.low == pytest.approx(curve.low)


def test_fewer_lost_than_asked_for_is_none(curve):
    assert curve.quantile(0.9) is None


def test_beyond_the_data_it_says_so(curve):
    with pytest.raises(ValueError, match="nobody was observed for longer than 35"):
        curve.survive(36)


def test_nobody_lost_is_said():
    with pytest.raises(NotEstimable, match="No customer has been lost yet"):
        kaplan_meier.fit(tenure=[1, 2], lost=[0, 0])


@pytest.mark.parametrize(
    ("lost", "weights", "sentence"),
    [
        ([1, 3], None, "lost: element 1 is 3"),
        ([1, 1], [1, 0.5], "weights: element 1 is 0.5. It counts customers"),
        ([1, 1], [1], "different lengths"),
    ],
)
def test_wrong_use_is_refused(lost, weights, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        kaplan_meier.fit(tenure=[1, 2], lost=lost, weights=weights)


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=40))
@settings(max_examples=25, deadline=None)
def test_equals_the_product_of_shares_kept(customers):
    tenure, lost = (np.array(column) for column in zip(*customers, strict=True))
    if not lost.any():
        return

    found = kaplan_meier.fit(tenure=tenure, lost=lost)

    for t, survival in zip(found.times, found.survival, strict=True):
        kept = [
            1 - np.sum(lost & (tenure == s)) / np.sum(tenure >= s)
            for s in np.unique(tenure)
            if s <= t
        ]
        assert survival == pytest.approx(np.prod(kept), abs=1e-12)
