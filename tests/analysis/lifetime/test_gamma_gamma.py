"""Gamma-Gamma against the figures printed by Fader & Hardie (2013)."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special

from mainstay.analysis.lifetime import gamma_gamma
from mainstay.analysis.lifetime.prior import Prior
from tests.analysis.lifetime.shared_data import cdnow_all_spend, cdnow_spend
from tests.analysis.lifetime.simulated import World, draw


@pytest.fixture(scope="module")
def model() -> gamma_gamma.GammaGamma:
    return gamma_gamma.fit(**cdnow_spend())


def test_printed_parameters(model):
    assert model.n == 946
    assert (model.p, model.q, model.v) == pytest.approx((6.2488, 3.7446, 15.4477), rel=5e-6)
    assert model.log_likelihood == pytest.approx(-4055.9, abs=0.05)
    assert model.note == ""


def test_printed_averages(model):
    averages = model.expected_average(frequency=[2, 1], monetary=[22.35, 11.77])

    assert averages == pytest.approx([24.6586, 18.9115], abs=6e-5)
    assert model.population_mean == pytest.approx(35.171, abs=6e-4)
    assert model.expected_average(frequency=0, monetary=0) == pytest.approx(model.population_mean)


def test_independent_maximum_and_standard_errors(model):
    x, m = (a[cdnow_spend()["frequency"] > 0] for a in cdnow_spend().values())

    def negative(logs):
        p, q, v = np.exp(logs)
        heads = special.gammaln(p * x + q) - special.gammaln(p * x) - special.gammaln(q)
        tails = q * np.log(v) + (p * x - 1) * np.log(m) + p * x * np.log(x)
        return -float((heads + tails - (p * x + q) * np.log(x * m + v)).sum())

    found = optimize.minimize(negative, np.log([6, 4, 15]), method="BFGS")
    errors = np.sqrt(np.diag(np.linalg.inv(curvature(negative, found.x)))) * np.exp(found.x)

    assert model.log_likelihood == pytest.approx(-found.fun, abs=1e-5)
    assert list(model.standard_errors().values()) == pytest.approx(errors, rel=1e-3)


def curvature(function, at, step=1e-3):
    """Return the Hessian by central differences."""
    e = np.eye(at.size) * step
    return np.array(
        [
            [
                (
                    function(at + i + j)
                    - function(at + i - j)
                    - function(at - i + j)
                    + function(at - i - j)
                )
                / (4 * step**2)
                for j in e
            ]
            for i in e
        ]
    )


def test_correlation_of_spend_and_frequency_is_shown(model):
    assert model.correlation.r == pytest.approx(0.1139, abs=1e-4)
    assert model.correlation.low < model.correlation.r < model.correlation.high


def test_finds_back_known_parameters():
    drawn = draw(60_000)

    fitted = gamma_gamma.fit(frequency=drawn.frequency, monetary=drawn.monetary)

    for name, interval in fitted.confint(0.999).items():
        assert interval.low < getattr(World(), name) < interval.high


@pytest.mark.parametrize("unit", [1e-6, 100.0, 1e9])
def test_the_currency_does_not_matter(model, unit):
    s = cdnow_spend()

    other = gamma_gamma.fit(frequency=s["frequency"], monetary=s["monetary"] * unit)

    assert (other.p, other.q, other.v / unit) == pytest.approx(
        (model.p, model.q, model.v), rel=1e-7
    )


def test_weights_count_customers():
    s = {name: values[:400] for name, values in cdnow_spend().items()}
    twice = {name: np.tile(values, 2) for name, values in s.items()}

    weighted = gamma_gamma.fit(**s, weights=np.full(400, 2.0))

    assert weighted.log_likelihood == pytest.approx(gamma_gamma.fit(**twice).log_likelihood)


def test_spend_over_six_orders_of_magnitude():
    rng = np.random.default_rng(2)
    x = rng.integers(1, 30, 3000)
    level = np.exp(rng.uniform(0, np.log(1e6), 3000))

    fitted = gamma_gamma.fit(frequency=x, monetary=rng.gamma(3.0 * x, level / (3.0 * x)))

    averages = fitted.expected_average(frequency=[0, 1, 30], monetary=[0, 1e6, 1e6])
    assert np.isfinite(averages).all()
    assert fitted.q < 1
    assert fitted.note.startswith("Average spend differs so widely")
    assert averages[0] == fitted.observed_mean


def test_refunds_are_left_out_and_counted():
    s = cdnow_spend()
    x, m = np.append(s["frequency"], [2, 1]), np.append(s["monetary"], [-5.0, 0.0])

    fitted = gamma_gamma.fit(frequency=x, monetary=m)

    assert (fitted.n, fitted.excluded) == (946, 2)
    assert fitted.expected_average(frequency=2, monetary=-5.0)[0] > 0


@pytest.mark.parametrize(
    ("spend", "sentence"),
    [
        (([0, 0], [0, 0]), "No customer has a repeat purchase with spend above 0"),
        (([1, 2], [5, 5]), "All customers with repeat purchases spend 5 on average"),
        (([1, 2], [5, np.inf]), "monetary: element 1 is inf. Give a finite number"),
        (([1, 2, 3], [5, 6]), "different lengths: frequency 3, monetary 2"),
        (([-1, 2], [5, 6]), "frequency: element 0 is -1"),
    ],
)
def test_bad_arrays_are_refused_with_a_sentence(spend, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        gamma_gamma.fit(frequency=spend[0], monetary=spend[1])


@given(x=st.integers(0, 10_000), m=st.floats(0.01, 1e9))
@settings(max_examples=100, deadline=None)
def test_the_average_lies_between_customer_and_population(model, x, m):
    average = model.expected_average(frequency=x, monetary=m)[0]

    low, high = sorted((m, model.population_mean))
    assert low * (1 - 1e-9) <= average <= high * (1 + 1e-9)


def test_all_of_cdnow():
    fitted = gamma_gamma.fit(**cdnow_all_spend())

    assert fitted.n == 11_515
    assert fitted.log_likelihood == pytest.approx(-49496.524203, abs=5e-6)


def test_a_prior_holds_a_small_base_in_place():
    d, few = draw(4000), draw(30, seed=4)
    whole = gamma_gamma.fit(frequency=d.frequency, monetary=d.monetary)
    prior = Prior.around(whole, spread=1e-3)

    held = gamma_gamma.fit(frequency=few.frequency, monetary=few.monetary, prior=prior)

    assert (held.p, held.q, held.v) == pytest.approx((whole.p, whole.q, whole.v), rel=0.02)
    assert "leans on a prior" in held.note


def test_one_customer_is_not_enough():
    with pytest.raises(ValueError, match="Only one customer has repeat purchases"):
        gamma_gamma.fit(frequency=[3, 0], monetary=[20, 0])
