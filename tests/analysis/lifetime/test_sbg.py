"""sBG against the figures printed by Fader & Hardie (2007)."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special

from mainstay.analysis.lifetime import sbg
from mainstay.analysis.lifetime.estimates import NotEstimable
from tests.analysis.lifetime.shared_data import shared

REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241)
HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)


@pytest.mark.parametrize(
    ("survivors", "alpha", "beta"), [(REGULAR, 0.704, 1.182), (HIGH_END, 0.668, 3.806)]
)
def test_printed_parameters(survivors, alpha, beta):
    model = sbg.fit_survivors(survivors)

    assert (round(model.alpha, 3), round(model.beta, 3)) == (alpha, beta)
    assert model.n == 1000
    assert model.note == ""


@pytest.mark.parametrize(("cohort", "survivors"), [("regular", REGULAR), ("highend", HIGH_END)])
def test_customers_give_the_same_as_counts(cohort, survivors):
    rows = np.genfromtxt(shared("sbg_cohorts.csv"), delimiter=",", skip_header=1, dtype=None)
    period = np.array([row[1] for row in rows if row[3] == cohort])
    lost = period < 8  # period 8 stands for "renewed seven times and still here"

    model = sbg.fit(tenure=np.where(lost, period, 7), lost=lost)

    counted = sbg.fit_survivors(survivors)
    assert model.log_likelihood == pytest.approx(counted.log_likelihood, abs=1e-9)
    assert model.parameters == pytest.approx(counted.parameters, rel=1e-9)


def test_independent_maximum_and_standard_errors():
    lost = -np.diff(REGULAR)

    def negative(point):
        a, b = np.exp(point)
        t = np.arange(1, 8)
        gone = special.betaln(a + 1, b + t - 1) - special.betaln(a, b)
        return -(lost @ gone + 241 * (special.betaln(a, b + 7) - special.betaln(a, b)))

    found = optimize.minimize(negative, [0.0, 0.0], method="BFGS", options={"gtol": 1e-6})
    steps = 1e-3 * np.eye(2)
    bent = [
        [
            sum(s * u * negative(found.x + s * d + u * e) for s in (1, -1) for u in (1, -1))
            for e in steps
        ]
        for d in steps
    ]
    error = np.sqrt(np.linalg.inv(np.array(bent) / 4e-6)[0, 0])

    model = sbg.fit_survivors(REGULAR)
    errors = model.standard_errors()
    assert model.log_likelihood == pytest.approx(-found.fun, abs=1e-8)
    assert model.parameters == pytest.approx(np.exp(found.x), rel=1e-4)
    assert errors["alpha"] == pytest.approx(model.alpha * error, rel=1e-3)


def test_finds_back_known_parameters_through_its_intervals():
    rng = np.random.default_rng(4)
    held = 0
    for _ in range(100):
        t = rng.geometric(rng.beta(1.5, 4.0, 2000))
        interval = sbg.fit(tenure=np.minimum(t, 6), lost=t <= 6).confint(0.9)
        held += interval["alpha"].low < 1.5 < interval["alpha"].high

    assert 81 <= held <= 97


def test_forecast_of_years_8_to_12_beside_what_happened():
    forecast = 100 * sbg.fit_survivors(HIGH_END).survival([8, 10, 12])

    assert forecast == pytest.approx([46.0, 41.4, 37.8], abs=0.05)


@pytest.mark.parametrize("tenure", [0, 1, 5, 40])
@pytest.mark.parametrize("rate", [0.01, 0.1, 2.0])
def test_derl_equals_the_closed_form(tenure, rate):
    model = sbg.fit_survivors(REGULAR)
    a, b = model.alpha, model.beta + tenure

    closed = b / (a + b) * special.hyp2f1(1, b + 1, a + b + 1, 1 / (1 + rate))

    found = model.discounted_residual_lifetime(tenure=tenure, rate=rate)
    assert found == pytest.approx(closed, rel=1e-9)


def test_residual_lifetime_is_the_sum_of_survival():
    model = sbg.fit_survivors(HIGH_END)
    ahead = model.survival(np.arange(4, 24)) / model.survival(3)

    assert model.expected_residual_lifetime(tenure=3, horizon=20) == pytest.approx(ahead.sum())
    assert model.expected_residual_lifetime(tenure=[3, 3, 0], horizon=0).tolist() == [0, 0, 0]


def test_an_infinite_mean_is_refused_and_a_finite_one_is_exact():
    with pytest.raises(ValueError, match=r"alpha is 0.704.*infinite. Give a horizon"):
        sbg.fit_survivors(REGULAR).expected_residual_lifetime(tenure=2)
    with pytest.raises(ValueError, match="rate is 0"):
        sbg.fit_survivors(REGULAR).discounted_residual_lifetime(tenure=2, rate=0)

    known = sbg.Sbg(alpha=3.0, beta=4.0, log_likelihood=0.0, n=1, log_covariance=((0, 0), (0, 0)))

    assert known.expected_residual_lifetime(tenure=[0, 2]) == pytest.approx([2.0, 3.0])


def test_curve_and_intervals():
    model = sbg.fit_survivors(REGULAR)

    curve = model.curve(12, level=0.9)
    low, high = model.interval(lambda m: m.discounted_residual_lifetime(tenure=[1, 2], rate=0.1))

    assert np.all((curve.survival_low < curve.survival) & (curve.survival < curve.survival_high))
    assert np.all(
        (curve.retention_low < curve.retention) & (curve.retention < curve.retention_high)
    )
    assert curve.survival[1:] == pytest.approx(curve.survival[:-1] * curve.retention[1:])
    assert curve.survival + np.cumsum(model.probability_lost(curve.renewal)) == pytest.approx(1)
    derl = model.discounted_residual_lifetime(tenure=[1, 2], rate=0.1)
    assert np.all((low < derl) & (derl < high))


def test_survival_interval_agrees_with_slopes_taken_numerically():
    model = sbg.fit_survivors(REGULAR)

    low, high = model.interval(lambda m: -np.log(m.survival([1, 5])), level=0.9)

    curve = model.curve(5, level=0.9)
    assert np.exp(-high) == pytest.approx(curve.survival_low[[0, 4]], rel=1e-5)
    assert np.exp(-low) == pytest.approx(curve.survival_high[[0, 4]], rel=1e-5)


def test_cohorts_of_different_age_count_together():
    both = sbg.fit_survivors(REGULAR, REGULAR[:3])

    assert both.n == 2000
    assert both.standard_errors()["beta"] < sbg.fit_survivors(REGULAR).standard_errors()["beta"]


def test_customers_who_are_all_alike():
    model = sbg.fit_survivors((10_000, 9000, 8100, 7290))

    assert model.alike
    assert model.note.startswith("Customers do not differ")
    assert model.confint() == {}
    assert model.retention([1, 9]) == pytest.approx(0.9, abs=1e-5)
    curve = model.curve(2)
    assert curve.retention_high[0] - curve.retention_low[0] == pytest.approx(
        2 * 1.96 * (0.09 / 27_100) ** 0.5, rel=0.01
    )


def test_customers_who_leave_at_once_or_never():
    model = sbg.fit_survivors((1000, 500, 500, 500))

    assert model.note.startswith("Customers seem to leave at the first renewal or never")
    assert model.survival([1, 50]) == pytest.approx(0.5, abs=1e-4)


@pytest.mark.parametrize(
    ("survivors", "sentence"),
    [
        ((10, 10, 10), "No customer has been lost yet"),
        ((10, 0, 0), "Every customer was lost at the first renewal"),
        ((10, 6), "Only one renewal has been observed"),
        ((0, 0), "No customer has come to a first renewal"),
    ],
)
def test_data_that_say_nothing(survivors, sentence):
    with pytest.raises(NotEstimable, match=sentence):
        sbg.fit_survivors(survivors)


@pytest.mark.parametrize(
    ("cohort", "sentence"),
    [
        ((100, 63.1), "element 1 is 63.1. Give numbers of customers, not shares"),
        ((5, 4, 6), "element 2 is 6, more than the 4 before"),
        ((5,), "has 1 counts"),
        ((5, -1), "element 1 is -1. It must be 0 or more"),
    ],
)
def test_wrong_counts_are_refused(cohort, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        sbg.fit_survivors(cohort)


@pytest.mark.parametrize(
    ("tenure", "lost", "sentence"),
    [
        ([1, 2], [1], "different lengths: tenure 2, lost 1"),
        ([1, 2], [1, 2], "lost: element 1 is 2. Give 1 (true)"),
        ([1, 0], [0, 1], "tenure: element 1 is 0, but the customer is lost"),
        ([1, 2.5], [0, 1], "tenure: element 1 is 2.5. It numbers renewals"),
        ([1, np.nan], [0, 1], "tenure: element 1 is nan"),
        ([-1], [0], "tenure: element 0 is -1"),
    ],
)
def test_wrong_customers_are_refused(tenure, lost, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        sbg.fit(tenure=tenure, lost=lost)


@given(
    alpha=st.floats(1e-3, 1e4),
    beta=st.floats(1e-3, 1e4),
    tenure=st.integers(0, 100_000),
    rate=st.floats(1e-6, 10),
)
@settings(max_examples=60, deadline=None)
def test_forecasts_are_finite_and_ordered(alpha, beta, tenure, rate):
    model = sbg.Sbg(
        alpha=alpha, beta=beta, log_likelihood=0.0, n=1, log_covariance=((0, 0), (0, 0))
    )

    survived = model.survival([0, 1, tenure, tenure + 1])
    derl = model.discounted_residual_lifetime(tenure=[0, tenure], rate=rate)

    assert survived[0] == 1
    assert np.all((survived >= 0) & (survived <= 1))
    assert survived[3] <= survived[2] * (1 + 1e-9)
    assert np.isfinite(derl).all()
    assert np.all(derl >= 0)
    assert np.all(derl <= (1 + rate) / rate * (1 + 1e-9))
