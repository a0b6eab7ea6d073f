"""BG/BB against the donations of Fader, Hardie & Shang (2010) and against sums over all futures."""

from __future__ import annotations

import re

import mpmath
import numpy as np
import pytest
from scipy import special

from mainstay.analysis.lifetime import bg_bb
from mainstay.analysis.lifetime.bg_bb_likelihood import log_likelihood
from mainstay.analysis.numerics.arrays import histories
from mainstay.analysis.numerics.distinct import distinct_histories
from tests.analysis.lifetime.shared_data import shared

# Expected donations in 2002-2006 by the number and the year of the last one in 1996-2001, and
# P(alive in 2002): the paper's tables
EXPECTED = {
    0: [0.07],
    1: [0.09, 0.31, 0.59, 0.84, 1.02, 1.15],
    2: [0.12, 0.54, 1.06, 1.44, 1.67],
    3: [0.22, 1.03, 1.80, 2.19],
    4: [0.58, 2.03, 2.71],
    5: [1.81, 3.23],
    6: [3.75],
}


def donations() -> dict[str, np.ndarray]:
    """Return the 11 104 donors' histories over six yearly appeals."""
    rows = np.genfromtxt(shared("bgbb_donations.csv"), delimiter=",", skip_header=1)
    return {"frequency": rows[:, 1], "recency": rows[:, 2], "T": rows[:, 3]}


def known(alpha: float, beta: float, gamma: float, delta: float) -> bg_bb.BgBb:
    """Return a model with the given parameters, known exactly."""
    return bg_bb.BgBb(
        alpha=alpha,
        beta=beta,
        gamma=gamma,
        delta=delta,
        log_likelihood=0.0,
        n=1,
        log_covariance=((0.0,) * 4,) * 4,
    )


PAPER = known(1.204, 0.750, 0.657, 2.783)


def test_printed_parameters():
    model = bg_bb.fit(**donations())

    assert model.n == 11_104
    assert (model.alpha, model.beta) == pytest.approx((1.2035223, 0.7497163), abs=2e-6)
    assert (model.gamma, model.delta) == pytest.approx((0.6567183, 2.7834426), abs=2e-6)
    assert model.log_likelihood == pytest.approx(-33225.581, abs=5e-4)
    assert list(model.standard_errors()) == ["alpha", "beta", "gamma", "delta"]


def test_printed_population_purchases():
    printed = (
        0.4985,
        0.9233,
        1.2969,
        1.6323,
        1.9381,
        2.2202,
        2.4826,
        2.7285,
        2.9603,
        3.1798,
        3.3887,
    )

    told = bg_bb.fit(**donations()).population_purchases(np.arange(1, 12))

    assert told == pytest.approx(printed, abs=6e-5)


@pytest.mark.parametrize("x", EXPECTED)
def test_printed_table_of_expected_donations(x):
    last = np.arange(x, 7) if x else np.zeros(1)

    told = PAPER.expected_purchases(t=5, frequency=x, recency=last, T=6)

    assert told == pytest.approx(EXPECTED[x], abs=6e-3)


def test_printed_probabilities_alive():
    told = PAPER.probability_alive(frequency=[0, 1, 6], recency=[0, 1, 6], T=6)

    assert told == pytest.approx([0.11, 0.07, 0.93], abs=5e-3)


def direct_likelihood(theta, x, t_x, n) -> float:
    """Return the likelihood of one history as printed, from SciPy's beta function."""
    a, b, g, d = theta
    ends = np.arange(t_x, n)
    left = special.beta(a + x, b + ends - x) * special.beta(g + 1, d + ends)
    stayed = special.beta(a + x, b + n - x) * special.beta(g, d + n)
    return float((left.sum() + stayed) / special.beta(a, b) / special.beta(g, d))


@pytest.mark.parametrize("history", [(0, 0, 6), (1, 4, 6), (3, 3, 3), (5, 8, 20), (0, 0, 0)])
def test_likelihood_is_the_printed_sum(history):
    theta = np.array([1.2, 0.75, 0.66, 2.8])
    h = histories(*([v] for v in history))

    value, _, _ = log_likelihood(theta, h)

    assert value == pytest.approx(np.log(direct_likelihood(theta, *history)), abs=1e-12)


@pytest.mark.parametrize("i", range(4))
def test_derivatives_agree_with_differences(i):
    h = distinct_histories(histories(*donations().values()))
    theta, step = np.array([1.1, 0.8, 0.6, 2.5]), np.zeros(4)
    step[i] = 1e-5 * theta[i]

    _, gradient, hessian = log_likelihood(theta, h)

    up, down = (log_likelihood(theta + sign * step, h) for sign in (1, -1))
    assert gradient[i] == pytest.approx((up[0] - down[0]) / (2 * step[i]), rel=1e-5)
    assert hessian[i] == pytest.approx((up[1] - down[1]) / (2 * step[i]), rel=1e-5)


def test_residual_purchases_equal_the_closed_form():
    d, x, t_x, n = 0.1, 3, 5, 6
    f = float(mpmath.hyp2f1(1, 2.783 + n + 1, 0.657 + 2.783 + n + 1, 1 / (1 + d)))
    rate = (1.204 + x) / (1.204 + 0.750 + n)
    alive = PAPER.probability_alive(frequency=x, recency=t_x, T=n)

    told = PAPER.residual_purchases(rate=np.log1p(d), frequency=x, recency=t_x, T=n)

    assert told == pytest.approx(alive * rate * f / (1 + d), rel=1e-9)


def test_distribution_is_that_of_simulated_donors():
    rng, size, n = np.random.default_rng(4), 400_000, 8
    p, q = rng.beta(1.204, 0.750, size), rng.beta(0.657, 2.783, size)
    there = rng.geometric(q) - 1
    bought = rng.binomial(np.minimum(there, n), p)

    told = PAPER.purchase_distribution(t=n, most=n)[0]

    assert told.sum() == pytest.approx(1)
    assert told == pytest.approx(np.bincount(bought, minlength=n + 1) / size, abs=3e-3)


@pytest.mark.parametrize("customer", [(0, 0, 0), (2, 3, 6), (6, 6, 6)])
def test_distribution_has_the_expected_mean(customer):
    history = dict(zip(("frequency", "recency", "T"), customer, strict=True))

    told = PAPER.purchase_distribution(t=12, most=12, **history)[0]

    assert told.sum() == pytest.approx(1)
    assert told @ np.arange(13) == pytest.approx(PAPER.expected_purchases(t=12, **history)[0])


def test_finds_hardly_any_dropout_where_there_is_none():
    rng = np.random.default_rng(3)
    taken = rng.random((4000, 10)) < rng.beta(2, 5, 4000)[:, None]
    last = np.where(taken, np.arange(1, 11), 0).max(axis=1)

    fitted = bg_bb.fit(frequency=taken.sum(axis=1), recency=last, T=np.full(4000, 10))

    assert np.all(fitted.probability_alive(frequency=1, recency=2, T=10) > 0.9)


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (([3, 1], [2, 1], [6, 6]), "frequency: element 0 is 3, but the last opportunity taken is"),
        (([0, 1], [0, 1.5], [6, 6]), "recency: element 1 is 1.5"),
        (([0, 1], [0, 1], [6, 6.5]), "T: element 1 is 6.5"),
        (([0, 0], [0, 0], [6, 6]), "No customer has taken an opportunity"),
        (([6, 6], [6, 6], [6, 6]), "Every customer has taken every opportunity"),
        (([1, 1], [3, 1], [2, 2]), "recency: element 0 is 3, later than T 2"),
    ],
)
def test_bad_arrays_are_refused_with_a_sentence(history, sentence):
    x, t_x, T = history

    with pytest.raises(ValueError, match=re.escape(sentence)):
        bg_bb.fit(frequency=x, recency=t_x, T=T)


def test_horizons_are_whole_numbers():
    with pytest.raises(ValueError, match="It counts opportunities to buy, so give a whole number"):
        PAPER.expected_purchases(t=1.5, frequency=1, recency=1, T=6)
