"""Covariates: known effects are found back, and the derivatives are those of the sums."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy import stats

from mainstay.analysis.lifetime import (
    bg_nbd,
    covariates,
    dropout,
    mbg_nbd,
    pareto_dropout,
    pareto_nbd,
    pointwise,
    simulation,
)
from mainstay.analysis.lifetime.purchasing import exceedances
from mainstay.analysis.numerics.arrays import histories
from mainstay.analysis.numerics.special import chi_squared_beyond
from tests.analysis.lifetime.models import known
from tests.analysis.lifetime.shared_data import cdnow

EFFECTS = {"web": 0.7, "age": -0.3}  # of the logarithm of the purchase rate
LEAVING = -0.5  # of the logarithm of the rate of leaving, by web


def drawn(kind, truth, n=8000, seed=1):
    """Return histories of customers whose web and age change their behaviour, and both."""
    rng = np.random.default_rng(seed)
    web, age = rng.integers(0, 2, n).astype(float), rng.choice([2.0, 3.0, 4.0], n)
    x, t_x, T = np.zeros(n), np.zeros(n), rng.uniform(200, 600, n)
    for w, years in {*zip(web, age, strict=True)}:
        values = dict(zip(kind.NAMES, truth, strict=True))
        values["alpha"] /= np.exp(EFFECTS["web"] * w + EFFECTS["age"] * years)
        if "beta" in values:
            values["beta"] /= np.exp(LEAVING * w)
        else:
            values["b"] /= np.exp(LEAVING * w)
        who = np.flatnonzero((web == w) & (age == years))
        h = simulation.draw(known(kind, *values.values()), T=T[who], rng=rng).histories
        x[who], t_x[who] = h.x, h.t_x
    return {"frequency": x, "recency": t_x, "T": T}, {"web": web, "age": age}


CASES = {
    "bg_nbd": (bg_nbd.BgNbd, (0.7, 20.0, 0.8, 2.4)),
    "mbg_nbd": (mbg_nbd.MbgNbd, (0.7, 20.0, 0.8, 2.4)),
    "pareto_nbd": (pareto_nbd.ParetoNbd, (0.7, 20.0, 0.9, 150.0)),
}
CASE = pytest.mark.parametrize(("kind", "truth"), CASES.values(), ids=CASES)


@CASE
def test_known_effects_are_found_back(kind, truth):
    h, z = drawn(kind, truth)

    fitted = covariates.fit(kind, **h, purchasing=z, dropout={"web": z["web"]})

    intervals = fitted.confint(0.999)
    expected = {f"alpha:{name}": value for name, value in EFFECTS.items()}
    expected |= {"beta:web": LEAVING} if "beta" in kind.NAMES else {"b:web": -LEAVING}
    for name, value in expected.items():
        assert intervals[name].low < value < intervals[name].high
    for name, value in zip(kind.NAMES, truth, strict=True):
        assert intervals[name].low < value < intervals[name].high
    assert fitted.test.statistic > 100
    assert fitted.test.p < 1e-10


@CASE
def test_a_covariate_without_effect_is_not_significant(kind, truth):
    h, _ = drawn(kind, truth, n=2000)
    noise = np.random.default_rng(8).normal(1e3, 1e2, 2000)

    fitted = covariates.fit(kind, **h, purchasing={"noise": noise})

    assert fitted.test.degrees == 1
    assert 0 <= fitted.test.statistic < 12
    assert fitted.test.p > 1e-3


def test_the_unit_of_time_and_of_the_covariate_do_not_matter():
    h, z = drawn(*CASES["pareto_nbd"], n=3000)
    here = covariates.fit(pareto_nbd.ParetoNbd, **h, purchasing={"age": z["age"]})
    longer = {"frequency": h["frequency"], "recency": h["recency"] * 24, "T": h["T"] * 24}

    there = covariates.fit(pareto_nbd.ParetoNbd, **longer, purchasing={"age": 100 * z["age"]})

    assert there.coefficients["alpha:age"] == pytest.approx(
        here.coefficients["alpha:age"] / 100, rel=1e-4
    )
    assert there.base.beta == pytest.approx(24 * here.base.beta, rel=1e-3)
    assert there.test.statistic == pytest.approx(here.test.statistic, abs=1e-5)


@CASE
def test_forecasts_are_those_of_the_customers_own_parameters(kind, truth):
    h, z = drawn(kind, truth, n=2000)
    fitted = covariates.fit(kind, **h, purchasing=z)
    few = {name: values[:50] for name, values in h.items()}

    alive = fitted.probability_alive(**few, covariates={n: v[:50] for n, v in z.items()})
    bought = fitted.expected_purchases(t=90, **few, covariates={n: v[:50] for n, v in z.items()})

    for i in range(0, 50, 7):
        one = {name: values[i] for name, values in few.items()}
        own = fitted.of(web=z["web"][i], age=z["age"][i])
        assert alive[i] == pytest.approx(own.probability_alive(**one)[0])
        assert bought[i] == pytest.approx(own.expected_purchases(t=90, **one)[0])
    assert set(own.confint()) == set(kind.NAMES)


@pytest.mark.parametrize("coins", [0, 1])
def test_sums_over_customers_are_the_plain_likelihood(coins):
    h = histories(*cdnow().values())
    theta = np.array([0.3, 5.0, 0.8, 2.0])
    ahead = theta + np.array([0, 0, 0, coins])
    at_risk = h if coins else h.where(h.x > 0)
    plain = dropout.log_likelihood(ahead, h, at_risk, exceedances(h))

    found = pointwise.beta_geometric(np.repeat(theta[:, None], h.x.size, axis=1), h, coins)

    if coins:
        plain = (plain[0] + h.n * np.log(2.0 / 2.8), *plain[1:])
    assert found.log.sum() == pytest.approx(plain[0], rel=1e-12)
    assert found.slopes.sum(axis=1)[:2] == pytest.approx(plain[1][:2], rel=1e-9)
    assert found.curves.sum(axis=2)[:2, :2] == pytest.approx(plain[2][:2, :2], rel=1e-8)


def test_sums_over_customers_are_the_plain_likelihood_of_pareto_nbd():
    h = histories(*cdnow().values())
    theta = np.array([0.5, 9.0, 0.7, 12.0])
    plain = pareto_dropout.log_likelihood(theta, h, exceedances(h))

    found = pointwise.pareto_nbd(np.repeat(theta[:, None], h.x.size, axis=1), h)

    assert found.log.sum() == pytest.approx(plain[0], rel=1e-12)
    assert found.slopes.sum(axis=1) == pytest.approx(plain[1], rel=1e-8)
    assert found.curves.sum(axis=2) == pytest.approx(plain[2], rel=1e-8)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "There is no covariate"),
        ({"purchasing": {"web": np.ones(500)}}, "web is 1 for every customer"),
        ({"purchasing": {"web": [1.0, 2.0]}}, "different lengths: frequency 500, web 2"),
        ({"dropout": {"web": np.full(500, np.nan)}}, "web: element 0 is nan"),
    ],
)
def test_wrong_covariates_are_refused_with_a_sentence(given, sentence):
    h, _ = drawn(*CASES["bg_nbd"], n=500)

    with pytest.raises(ValueError, match=re.escape(sentence)):
        covariates.fit(bg_nbd.BgNbd, **h, **given)


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("x", [0.0, 0.3, 3.84, 40.0])
def test_chi_squared_is_that_of_scipy(x, degrees):
    assert chi_squared_beyond(x, degrees) == pytest.approx(stats.chi2.sf(x, degrees), rel=1e-10)
