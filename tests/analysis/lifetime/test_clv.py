"""Discounted value: against direct integration, and intervals against simulated futures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from mainstay.analysis.lifetime import bg_nbd, clv, forecast, gamma_gamma
from tests.analysis.lifetime.shared_data import cdnow, cdnow_spend
from tests.analysis.lifetime.simulated import World, draw

CUSTOMER = {"frequency": 2, "recency": 30.43, "T": 38.86}


@pytest.fixture(scope="module")
def purchases() -> bg_nbd.BgNbd:
    return bg_nbd.fit(**cdnow())


@pytest.fixture(scope="module")
def spend() -> gamma_gamma.GammaGamma:
    return gamma_gamma.fit(**cdnow_spend())


def discounted(model, horizon, rate):
    terms = clv.Terms(horizon=horizon, rate=rate)
    return clv.discounted_purchases(model, terms=terms, **CUSTOMER)[0]


@pytest.mark.parametrize("horizon", [4.0, 52.0, 520.0, None])
def test_discounting_equals_the_integral_of_expected_purchases(purchases, horizon):
    rate = 0.0029

    def cumulated(t):
        return rate * np.exp(-rate * t) * purchases.expected_purchases(t=t, **CUSTOMER)[0]

    end = horizon or 6000.0
    parts, _ = integrate.quad(cumulated, 0, end, limit=200, points=[10, 100])
    rest = np.exp(-rate * end) * purchases.expected_purchases(t=end, **CUSTOMER)[0]

    assert discounted(purchases, horizon, rate) == pytest.approx(parts + rest, rel=1e-6)


def test_without_discounting_it_is_the_expected_number(purchases):
    expected = purchases.expected_purchases(t=52, **CUSTOMER)[0]

    assert discounted(purchases, 52.0, 0.0) == pytest.approx(expected, rel=1e-12)


def test_for_ever_needs_a_positive_rate(purchases):
    with pytest.raises(
        ValueError, match="An infinite horizon needs a discount rate of more than 0"
    ):
        discounted(purchases, None, 0.0)


@pytest.mark.parametrize(("field", "value"), [("rate", -0.1), ("horizon", np.nan), ("margin", -1)])
def test_bad_terms_are_refused_by_name(purchases, field, value):
    terms = clv.Terms(**{"horizon": 1.0, "rate": 0.1, field: value})

    with pytest.raises(ValueError, match=f"^{field} is "):
        clv.discounted_purchases(purchases, terms=terms, **CUSTOMER)


def test_level_is_a_probability(purchases):
    with pytest.raises(ValueError, match="level is 95"):
        clv.discounted_purchases(
            purchases, terms=clv.Terms(horizon=1, rate=0, level=95), **CUSTOMER
        )


def test_yearly_rate_becomes_continuous():
    assert np.exp(-365.25 * clv.continuous_rate(0.10)) == pytest.approx(1 / 1.1)


def test_value_is_margin_times_purchases_times_average(purchases, spend):
    terms = clv.Terms(horizon=52.0, rate=0.003, margin=0.4)

    scores = clv.score(purchases, spend, t=52, terms=terms, monetary=22.35, **CUSTOMER)

    product = 0.4 * discounted(purchases, 52.0, 0.003) * scores.average[0]
    assert scores.value.mean[0] == pytest.approx(product)


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_intervals_cover_simulated_futures(level):
    world = World()
    d = draw(40_000, world, rate=0.0003)
    model = bg_nbd.fit(**d.histories)
    spent = gamma_gamma.fit(frequency=d.frequency, monetary=d.monetary)
    terms = clv.Terms(horizon=world.t, rate=0.0003, level=level)

    s = clv.score(model, spent, t=world.t, terms=terms, monetary=d.monetary, **d.histories)

    for actual, told in ((d.later, s.purchases), (d.spent_later, s.value)):
        covered = np.mean((actual >= told.low) & (actual <= told.high))
        assert level - 0.01 < covered < level + 0.06  # whole purchases hold more than they must
        assert told.mean.mean() == pytest.approx(actual.mean(), rel=0.06)


def test_parameter_error_widens_the_intervals_of_small_bases():
    small = draw(40)
    some = {name: values[:40] for name, values in small.histories.items()}
    model = bg_nbd.fit(**some)
    told = forecast.purchases(forecast.Base.of(model, *some.values()), t=365, level=0.9)
    certain = bg_nbd.BgNbd(
        **{**vars(model), "log_covariance": ((0.0,) * 4,) * 4},
    )
    known = forecast.purchases(forecast.Base.of(certain, *some.values()), t=365, level=0.9)

    assert told.high.sum() > known.high.sum()


def test_nothing_is_expected_within_no_time(purchases, spend):
    terms = clv.Terms(horizon=0.0, rate=0.1)

    scores = clv.score(purchases, spend, t=0, terms=terms, monetary=22.35, **CUSTOMER)

    assert scores.value == (0.0, 0.0, 0.0)
    assert scores.purchases == (0.0, 0.0, 0.0)


@given(
    parameters=st.tuples(*[st.floats(0.02, 50.0)] * 4),
    x=st.integers(0, 2000),
    T=st.floats(0, 1e6),
    rate=st.floats(1e-7, 1.0),
)
@settings(max_examples=60, deadline=None)
def test_value_is_finite_and_grows_with_the_horizon(spend, parameters, x, T, rate):
    r, alpha, a, b = parameters
    none = ((0.0,) * 4,) * 4
    model = bg_nbd.BgNbd(r=r, alpha=alpha, a=a, b=b, log_likelihood=0, n=1, log_covariance=none)
    history = {"frequency": [x] * 2, "recency": [T if x else 0.0] * 2, "T": [T] * 2}

    values = [
        clv.score(
            model,
            spend,
            t=30.0,
            terms=clv.Terms(horizon=horizon, rate=rate),
            monetary=[0.0, 1e6],
            **history,
        ).value
        for horizon in (30.0, 3000.0, None)
    ]

    for told in values:
        assert np.isfinite(told).all()
        assert np.all((told.low >= 0) & (told.low <= told.mean) & (told.mean <= told.high))
    assert np.all(values[0].mean <= values[1].mean * (1 + 1e-6))
    assert np.all(values[1].mean <= values[2].mean * (1 + 1e-6))
