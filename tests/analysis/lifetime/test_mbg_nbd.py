"""MBG/NBD against the figures of Batislam, Denizel & Filiztekin (2007) and its formula in SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, special

from mainstay.analysis.lifetime import bg_nbd, mbg_nbd
from tests.analysis.lifetime.shared_data import cdnow, cdnow_all


@pytest.fixture(scope="module")
def model() -> mbg_nbd.MbgNbd:
    return mbg_nbd.fit(**cdnow())


def test_printed_parameters(model):
    assert (model.r, model.alpha) == pytest.approx((0.525, 6.183), abs=5e-4)
    assert (model.a, model.b) == pytest.approx((0.891, 1.614), abs=5e-4)
    assert model.log_likelihood == pytest.approx(-9582.133, abs=5e-4)


def test_all_of_cdnow_in_days():
    assert mbg_nbd.fit(**cdnow_all()).log_likelihood == pytest.approx(-258955.352773, abs=5e-6)


def direct_log_likelihood(theta, frequency, recency, T):
    """Return the log-likelihood as printed, from SciPy's functions."""
    r, alpha, a, b = theta
    x = frequency
    stayed = special.betaln(a, b + x + 1) - (r + x) * np.log(alpha + T)
    gone = special.betaln(a + 1, b + x) - (r + x) * np.log(alpha + recency)
    head = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) - special.betaln(a, b)
    return head + np.logaddexp(stayed, gone), np.exp(stayed - np.logaddexp(stayed, gone))


def test_independent_maximum(model):
    h = cdnow()

    found = optimize.minimize(
        lambda theta: -direct_log_likelihood(np.exp(theta), **h)[0].sum(),
        np.zeros(4),
        method="Nelder-Mead",
        options={"maxiter": 4000, "fatol": 1e-9},
    )

    assert model.log_likelihood == pytest.approx(-found.fun, abs=1e-6)
    assert np.exp(found.x) == pytest.approx(model.parameters, rel=1e-3)


def test_probability_alive_is_that_of_the_formula(model):
    h = cdnow()

    told = model.probability_alive(**h)

    assert told == pytest.approx(direct_log_likelihood(model.parameters, **h)[1], rel=1e-9)
    assert told[h["frequency"] == 0].max() < model.b / (model.a + model.b)


def test_whoever_never_came_back_may_have_left_at_once(model):
    new = {"frequency": 0, "recency": 0, "T": 0}

    assert model.probability_alive(**new) == pytest.approx(model.b / (model.a + model.b))
    assert bg_nbd.fit(**cdnow()).probability_alive(**new) == 1
