"""Pareto/NBD against printed figures, and its odds against 2F1 in fifty digits."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from mainstay.analysis.lifetime import clv, pareto_nbd
from mainstay.analysis.lifetime.pareto_dropout import log_likelihood, odds_of_loss
from mainstay.analysis.lifetime.purchasing import exceedances
from mainstay.analysis.numerics.arrays import histories
from tests.analysis.lifetime.shared_data import cdnow, cdnow_all, online_retail


@pytest.fixture(scope="module")
def model() -> pareto_nbd.ParetoNbd:
    return pareto_nbd.fit(**cdnow())


def known(r: float, alpha: float, s: float, beta: float) -> pareto_nbd.ParetoNbd:
    """Return a model with the given parameters, known exactly."""
    none = ((0.0,) * 4,) * 4
    return pareto_nbd.ParetoNbd(
        r=r, alpha=alpha, s=s, beta=beta, log_likelihood=0.0, n=1, log_covariance=none
    )


def test_printed_parameters(model):
    assert (model.r, model.alpha) == pytest.approx((0.553, 10.578), abs=5e-4)
    assert (model.s, model.beta) == pytest.approx((0.606, 11.669), abs=2e-3)
    assert model.parameters == pytest.approx(
        (0.5532755, 10.5776122, 0.6062135, 11.6679071), rel=2e-5
    )
    assert model.log_likelihood == pytest.approx(-9594.974, abs=5e-4)
    assert model.note == ""


def test_customer_of_the_notes(model):
    customer = {"frequency": 26, "recency": 30.86, "T": 31}

    assert model.expected_purchases(t=52, **customer) == pytest.approx(25.46, abs=5e-3)
    assert model.probability_alive(**customer) == pytest.approx(0.9979, abs=5e-5)


def test_all_of_cdnow_in_days():
    whole = pareto_nbd.fit(**cdnow_all())

    assert whole.n == 23570
    assert whole.log_likelihood == pytest.approx(-258988.906875, abs=5e-6)


def test_customers_whose_functions_overflow_elsewhere():
    model = known(0.5143, 2.8845, 0.2856, 14.1087)
    customers = {
        "frequency": [221, 254, 161, 204],
        "recency": [103.42857, 97.14286, 94.71429, 98.57143],
        "T": [103.57143, 97.28571, 98, 99.42857],
    }

    alive = model.probability_alive(**customers)

    assert alive == pytest.approx([0.999596, 0.999558, 0.749488, 0.994255], abs=1e-6)
    assert np.isfinite(model.expected_purchases(t=52, **customers)).all()


def exact_log_odds(theta, x, t_x, T) -> float:
    """Return the log odds of loss from the difference of two 2F1 (Fader & Hardie 2005)."""
    mpmath.mp.dps = 60
    r, alpha, s, beta = map(mpmath.mpf, theta)
    whole = r + s + x
    high, gap = max(alpha, beta), abs(alpha - beta)
    second = s + 1 if alpha >= beta else r + x

    def term(y):
        f = mpmath.hyp2f1(whole, second, whole + 1, gap / (high + y))
        return f / (high + y) ** whole

    lost = s / whole * (term(mpmath.mpf(t_x)) - term(mpmath.mpf(T)))
    return float(mpmath.log(lost * (alpha + T) ** (r + x) * (beta + T) ** s))


@pytest.mark.parametrize(
    "theta",
    [(0.553, 10.58, 0.606, 11.67), (0.5143, 2.8845, 0.2856, 14.1087), (3.0, 40.0, 2.0, 0.5)],
)
@pytest.mark.parametrize(
    "history", [(0, 0, 38), (2, 30.43, 38.86), (26, 1.5, 31), (254, 97.1, 97.3), (900, 10, 400)]
)
def test_odds_of_loss_equal_the_hypergeometric_form(theta, history):
    x, t_x, T = map(float, history)

    told = odds_of_loss(np.array(theta), np.array([x]), np.array([t_x]), np.array([T])).log[0]

    assert told == pytest.approx(exact_log_odds(theta, x, t_x, T), rel=1e-12, abs=1e-11)


@pytest.mark.parametrize("i", range(4))
def test_derivatives_agree_with_differences(i):
    h = histories(*cdnow().values())
    theta, step = np.array([0.5, 9.0, 0.7, 12.0]), np.zeros(4)
    step[i] = 1e-5 * theta[i]
    more_than = exceedances(h)

    _, gradient, hessian = log_likelihood(theta, h, more_than)

    up, down = (log_likelihood(theta + sign * step, h, more_than) for sign in (1, -1))
    assert gradient[i] == pytest.approx((up[0] - down[0]) / (2 * step[i]), rel=1e-5)
    assert hessian[i] == pytest.approx((up[1] - down[1]) / (2 * step[i]), rel=1e-6)


def test_residual_purchases_equal_the_closed_form(model):
    customer, d = {"frequency": 2, "recency": 30.43, "T": 38.86}, 0.0029
    B = model.beta + 38.86
    psi = float(mpmath.hyperu(model.s, model.s, d * B))
    rate = (model.r + 2) / (model.alpha + 38.86)
    closed = rate * d ** (model.s - 1) * B**model.s * psi

    told = model.residual_purchases(rate=d, **customer)

    assert told == pytest.approx(closed * model.probability_alive(**customer), rel=1e-10)
    terms = clv.Terms(horizon=None, rate=d)
    assert clv.discounted_purchases(model, terms=terms, **customer) == pytest.approx(told)


def test_expected_purchases_where_s_is_one():
    customer = {"frequency": 2, "recency": 30.43, "T": 38.86}
    at_one, beside = (
        known(0.553, 10.58, s, 11.67).expected_purchases(t=52, **customer)
        for s in (1.0, 1.0 + 1e-9)
    )

    assert at_one == pytest.approx(beside, rel=1e-8)


def test_first_half_of_online_retail_has_no_dropout():
    history = online_retail("2011-06-09")

    fitted = pareto_nbd.fit(**history)

    assert not fitted.dropout
    assert fitted.note.startswith("No dropout identified")
    assert list(fitted.confint()) == ["r", "alpha"]
    assert np.all(fitted.probability_alive(**history) == 1)
    assert np.isfinite(fitted.expected_purchases(t=10_000, **history)).all()


def test_weights_count_customers(model):
    rows, counts = np.unique(np.stack(list(cdnow().values())), axis=1, return_counts=True)

    grouped = pareto_nbd.fit(frequency=rows[0], recency=rows[1], T=rows[2], weights=counts)

    assert grouped.n == 2357
    assert grouped.log_likelihood == pytest.approx(model.log_likelihood, abs=1e-8)
    assert grouped.standard_errors() == pytest.approx(model.standard_errors(), rel=1e-6)


def test_customers_observed_for_the_same_time_are_forecast_alike_or_apart():
    model = known(0.6, 10.0, 0.6, 12.85)
    x, same = np.arange(1.0, 41.0), np.full(40, 24.0)

    together = model.expected_purchases(t=12, frequency=x, recency=same, T=same)
    value = model.residual_purchases(rate=0.01, horizon=12, frequency=x, recency=same, T=same)

    for place in (0, 7, 39):
        history = {"frequency": [x[place]], "recency": [24.0], "T": [24.0]}
        assert together[place] == pytest.approx(model.expected_purchases(t=12, **history)[0])
        alone = model.residual_purchases(rate=0.01, horizon=12, **history)
        assert value[place] == pytest.approx(alone[0])
