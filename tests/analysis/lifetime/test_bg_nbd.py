"""BG/NBD against the figures printed by Fader, Hardie & Lee (2005)."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special

from mainstay.analysis.lifetime import bg_nbd, dropout
from mainstay.analysis.lifetime.purchasing import exceedances
from mainstay.analysis.numerics.arrays import histories
from tests.analysis.lifetime.shared_data import cdnow, cdnow_all, online_retail, shared
from tests.analysis.lifetime.simulated import World, draw

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


def test_log_likelihood_at_printed_points():
    printed = {(0, 0.0): -0.59947382, (200, 38.0): 100.7957}

    for (x, t_x), expected in printed.items():
        one = histories([x], [t_x], [40.0])
        repeaters = one if x else histories([], [], [])
        theta = np.array([0.25, 4.0, 0.8, 2.5])
        value, _, _ = dropout.log_likelihood(theta, one, repeaters, exceedances(one))
        assert value == pytest.approx(expected, abs=5e-5)


def test_all_of_cdnow_in_days():
    whole = bg_nbd.fit(**cdnow_all())

    assert whole.n == 23570
    assert whole.log_likelihood == pytest.approx(-259086.826965, abs=5e-6)


def test_first_half_of_online_retail_has_no_dropout():
    history = online_retail("2011-06-09")

    fitted = bg_nbd.fit(**history)

    assert not fitted.dropout
    assert fitted.note.startswith("No dropout identified")
    assert list(fitted.confint()) == ["r", "alpha"]
    assert np.all(fitted.probability_alive(**history) == 1)
    assert np.isfinite(fitted.expected_purchases(t=10_000, **history)).all()


def test_full_year_of_online_retail_says_that_dropout_is_barely_identified():
    fitted = bg_nbd.fit(**online_retail("2011-12-09"))

    assert fitted.dropout
    assert fitted.note.startswith("Dropout is barely identified")


def test_finds_back_known_parameters():
    true = World()

    fitted = bg_nbd.fit(**draw(60_000, true).histories)

    for name, interval in fitted.confint(0.999).items():
        assert interval.low < getattr(true, name) < interval.high


def test_finds_no_dropout_where_there_is_none():
    rng = np.random.default_rng(3)
    T = np.full(4000, 50.0)
    x = rng.poisson(rng.gamma(0.8, 0.1, 4000) * T)
    last = T * rng.beta(np.maximum(x, 1), 1)

    fitted = bg_nbd.fit(frequency=x, recency=np.where(x > 0, last, 0.0), T=T)

    assert fitted.a / (fitted.a + fitted.b) < 0.01
    assert fitted.note


def test_independent_maximum_and_hessian():
    h = cdnow()

    def negative(theta):
        return -direct_log_likelihood(np.exp(theta), **h)

    found = optimize.minimize(
        negative, np.zeros(4), method="Nelder-Mead", options={"maxiter": 4000, "fatol": 1e-9}
    )

    model = bg_nbd.fit(**h)
    assert model.log_likelihood == pytest.approx(-found.fun, abs=1e-6)
    assert np.exp(found.x) == pytest.approx(model.parameters, rel=1e-3)


def direct_log_likelihood(theta, frequency, recency, T):
    """Return the log-likelihood as printed (equation 6), from SciPy's functions."""
    r, alpha, a, b = theta
    x = frequency
    never = special.betaln(a, b + x) - (r + x) * np.log(alpha + T)
    with np.errstate(divide="ignore"):
        gone = special.betaln(a + 1, np.maximum(b + x - 1, 1e-9)) - (r + x) * np.log(
            alpha + recency
        )
    mixed = np.where(x > 0, np.logaddexp(never, gone), never)
    head = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) - special.betaln(a, b)
    return float((head + mixed).sum())


@pytest.mark.parametrize("parameters", [(0.243, 4.41, 0.793, 2.43), (1.3, 9.0, 1.7, 0.6)])
def test_expected_purchases_equal_the_closed_form(parameters):
    r, alpha, a, b = parameters
    model = known(r, alpha, a, b)
    x, t_x, T, t = 3.0, 20.0, 30.0, 26.0
    A = alpha + T
    f = special.hyp2f1(r + x, b + x, a + b + x - 1, t / (A + t))
    closed = (a + b + x - 1) / (a - 1) * (1 - (A / (A + t)) ** (r + x) * f)

    expected = model.expected_purchases(t=t, frequency=x, recency=t_x, T=T)
    alive = model.probability_alive(frequency=x, recency=t_x, T=T)

    assert expected == pytest.approx(closed * alive, rel=1e-9)


@pytest.mark.parametrize("unit", [1e-6, 1 / 7, 24.0, 1e6])
def test_the_unit_of_time_does_not_matter(model, unit):
    h = cdnow()

    other = bg_nbd.fit(frequency=h["frequency"], recency=h["recency"] * unit, T=h["T"] * unit)

    assert other.alpha == pytest.approx(model.alpha * unit, rel=1e-6)
    assert (other.r, other.a, other.b) == pytest.approx((model.r, model.a, model.b), rel=1e-6)


def test_weights_count_customers(model):
    h = cdnow()
    rows, counts = np.unique(np.stack(list(h.values())), axis=1, return_counts=True)

    grouped = bg_nbd.fit(frequency=rows[0], recency=rows[1], T=rows[2], weights=counts)

    assert grouped.n == 2357
    assert grouped.log_likelihood == pytest.approx(model.log_likelihood, abs=1e-8)
    assert list(grouped.standard_errors().values()) == pytest.approx(
        list(model.standard_errors().values()), rel=1e-6
    )


def test_repeated_histories_give_the_same_maximum():
    few = draw(3000)
    many = {name: np.tile(values, 20) for name, values in few.histories.items()}

    assert bg_nbd.fit(**many).parameters == pytest.approx(
        bg_nbd.fit(**few.histories).parameters, rel=1e-6
    )


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (([1, -1], [1, 1], [2, 2]), "frequency: element 1 is -1. It must be 0 or more"),
        (([1, 1.5], [1, 1], [2, 2]), "frequency: element 1 is 1.5. It counts repeat purchases"),
        (([1, 1], [1, 3], [2, 2]), "recency: element 1 is 3, later than T 2"),
        (([1, 0], [1, 1], [2, 2]), "recency: element 1 is 1, but its frequency is 0"),
        (([1, 1], [1, 1], [2, np.nan]), "T: element 1 is nan. Give a finite number"),
        (([1, 1], [1, 1], [2]), "different lengths: frequency 2, recency 2, T 1"),
        ((["a"], [1], [2]), "frequency holds something that is not a number"),
        (([[1, 2]], [1], [2]), "frequency has 2 dimensions"),
        (([1e9], [1], [2]), "more than ten million purchases"),
        (([], [], []), "There are no customers"),
        (([0, 0], [0, 0], [5, 9]), "No customer has bought a second time"),
        (([1, 2], [0, 0], [0, 0]), "observed for a time of 0"),
    ],
)
def test_bad_arrays_are_refused_with_a_sentence(history, sentence):
    x, t_x, T = history

    with pytest.raises(ValueError, match=re.escape(sentence)):
        bg_nbd.fit(frequency=x, recency=t_x, T=T)


def test_repeat_purchases_at_time_zero_are_named():
    h = draw(2000).histories
    h["recency"] = np.where(np.arange(2000) == np.argmax(h["frequency"] == 1), 0.0, h["recency"])

    assert "1 customers have repeat purchases at time 0" in bg_nbd.fit(**h).note


rates = st.floats(1e-3, 1e3)


@given(
    parameters=st.tuples(rates, rates, st.floats(1e-3, 100), st.floats(1e-3, 100)),
    x=st.integers(0, 100_000),
    times=st.tuples(st.floats(0, 1e6), st.floats(0, 1)),
    t=st.floats(0, 1e6),
)
@settings(max_examples=60, deadline=None)
def test_forecasts_are_finite_and_ordered(parameters, x, times, t):
    model = known(*parameters)
    T, share = times
    customer = {"frequency": x, "recency": share * T if x else 0.0}

    alive = model.probability_alive(T=[T, T + 1, 2 * T + 2], **customer)
    bought = [model.expected_purchases(t=s, T=T, **customer)[0] for s in (t, 1.5 * t + 1)]

    assert np.all((alive >= 0) & (alive <= 1))
    assert np.all(np.diff(alive) <= 1e-12)
    assert np.isfinite(bought).all()
    assert 0 <= bought[0] <= bought[1] * (1 + 1e-7)


def known(r: float, alpha: float, a: float, b: float) -> bg_nbd.BgNbd:
    """Return a model with the given parameters, known exactly."""
    none = ((0.0,) * 4,) * 4
    return bg_nbd.BgNbd(r=r, alpha=alpha, a=a, b=b, log_likelihood=0.0, n=1, log_covariance=none)


def test_a_first_look_that_sees_no_repeat_purchase_does_no_harm():
    few = draw(1000).histories
    many = {name: np.zeros(60_000) for name in few} | {"T": np.full(60_000, 300.0)}
    for name, values in few.items():
        many[name][1:3000:3] = values  # every third is looked at first, and these are not

    fitted = bg_nbd.fit(**many)

    assert fitted.log_covariance[0][0] > 0
    assert fitted.n == 60_000


def test_hundreds_of_thousands_of_purchases_by_one_customer():
    x, t_x, T = np.array([3.0, 5000.0, 900_000.0]), np.array([20.0, 900.0, 990.0]), np.full(3, 1e3)
    h = histories(x, t_x, T, [2.0, 1.0, 3.0])
    theta = np.array([0.2, 9.0, 0.7, 3.0])

    value, gradient, _ = dropout.log_likelihood(theta, h, h, exceedances(h))

    single = [direct_log_likelihood(theta, x[i], t_x[i], T[i]) for i in range(3)]
    assert value == pytest.approx(float(h.weights @ single), rel=1e-10)
    up, down = (
        dropout.log_likelihood(theta * [s, 1, 1, 1], h, h, exceedances(h))[0]
        for s in (1.001, 0.999)
    )
    assert gradient[0] == pytest.approx((up - down) / 4e-4, rel=1e-4)


def test_no_customers_have_no_forecasts(model):
    nobody = {"frequency": [], "recency": [], "T": []}

    assert model.expected_purchases(t=10, **nobody).shape == (0,)
    assert model.probability_alive(**nobody).shape == (0,)
