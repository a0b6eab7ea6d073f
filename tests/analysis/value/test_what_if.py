"""Levers: nothing moved changes nothing, and each lever does what arithmetic says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.analysis.lifetime import bg_nbd, clv, gamma_gamma
from mainstay.analysis.lifetime.clv import Terms
from mainstay.analysis.numerics.intervals import Estimate
from mainstay.analysis.value import forecasts, what_if
from mainstay.analysis.value.forecasts import Models
from mainstay.analysis.value.histories import Histories
from mainstay.analysis.value.what_if import Policy

NOW = Policy(retention=0.8, margin=0.4, discount_rate=0.1)
WORTH, YEARLY = Estimate(1000.0, 900.0, 1100.0), [400.0, 300.0, 200.0, 150.0, 50.0]


def equity(then: Policy, *, now: Policy = NOW, months: int = 60) -> Estimate:
    return what_if.equity(WORTH, YEARLY, now=now, then=then, months=months)


def test_levers_left_alone_change_nothing() -> None:
    assert equity(NOW) == pytest.approx(WORTH)


def test_each_lever_moves_each_year() -> None:
    then = Policy(retention=0.84, margin=0.5, discount_rate=0.2)
    middles = (0.5, 1.5, 2.5, 3.5, 4.5)
    before = sum(y / 1.1**t for y, t in zip(YEARLY, middles, strict=True))
    after = sum(y * 1.05**t * 1.25 / 1.2**t for y, t in zip(YEARLY, middles, strict=True))

    assert equity(then).value == pytest.approx(1000 * after / before)


def test_the_last_year_may_be_a_part_of_one() -> None:
    flows = what_if.flows([100.0, 50.0], now=NOW, then=NOW, months=18)

    assert flows == pytest.approx([100 / 1.1**0.5, 50 / 1.1**1.25])


@given(
    retention=st.floats(0.5, 1),
    margin=st.floats(0.05, 1),
    rate=st.floats(-0.5, 2),
)
def test_more_of_the_good_is_worth_more(retention: float, margin: float, rate: float) -> None:
    base = Policy(retention=retention, margin=margin, discount_rate=rate)
    found = equity(base).value

    assert equity(Policy(retention=1.0, margin=margin, discount_rate=rate)).value >= found
    assert equity(Policy(retention=retention, margin=1.0, discount_rate=rate)).value >= found
    assert equity(Policy(retention=retention, margin=margin, discount_rate=rate + 1)).value < found


def test_another_discount_rate_agrees_with_scoring_anew() -> None:
    rng = np.random.default_rng(5)
    n = 3_000
    x = rng.poisson(3, n).astype(float)
    T = rng.uniform(200, 1000, n)
    t_x = np.where(x > 0, T * rng.uniform(0.2, 1, n), 0.0)
    m = rng.gamma(4, 25, n)
    model = bg_nbd.fit(frequency=x, recency=t_x, T=T)
    spend = gamma_gamma.fit(frequency=x, monetary=m)

    def scored(rate: float) -> float:
        terms = Terms(horizon=5 * 365.25, rate=clv.continuous_rate(rate), margin=0.4, level=0.8)
        found = clv.score(
            model, spend, t=365, terms=terms, frequency=x, recency=t_x, T=T, monetary=m
        )
        return float(found.value.mean.sum())

    terms = Terms(horizon=5 * 365.25, rate=clv.continuous_rate(0.1), margin=0.4, level=0.8)
    worth = scored(0.1)
    yearly = forecasts.yearly_value(
        Models(model, spend, ()), Histories(x, t_x, T, m, None), terms=terms, total=worth
    )
    moved = what_if.equity(
        Estimate(worth, worth, worth),
        yearly,
        now=Policy(retention=None, margin=0.4, discount_rate=0.1),
        then=Policy(retention=None, margin=0.4, discount_rate=0.25),
        months=60,
    )

    assert moved.value == pytest.approx(scored(0.25), rel=0.01)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"discount_rate": -1.0}, "discount rate is -1"),
        ({"retention": 0.0}, "retention of 0"),
        ({"retention": 1.2}, "retention of 1.2"),
        ({"margin": 2.0}, "margin of 2"),
    ],
)
def test_impossible_levers_get_a_sentence(values: dict[str, float], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        Policy(**{**vars(NOW), **values})


def test_a_base_that_cannot_be_moved_says_why() -> None:
    unknown = Policy(retention=None, margin=0.4, discount_rate=0.1)
    with pytest.raises(ValueError, match="too short"):
        equity(NOW, now=unknown)
    with pytest.raises(ValueError, match="not above zero"):
        equity(NOW, now=Policy(retention=0.8, margin=0.0, discount_rate=0.1))


def test_relief_is_the_part_of_its_cost_that_an_activity_loses() -> None:
    assert what_if.relief({"1": 200, "2": 100}, {"1": 150, "2": 100}) == {"1": 0.25}
    with pytest.raises(ValueError, match="no activity 3"):
        what_if.relief({"1": 200}, {"3": 1})
    with pytest.raises(ValueError, match="negative"):
        what_if.relief({"1": 200}, {"1": -1})


def test_the_retention_is_that_of_the_forecast() -> None:
    assert what_if.retention([100.0, 80.0, 64.0, 20.0], months=40) == pytest.approx(0.8)
    assert what_if.retention([100.0, 120.0], months=24) == 1.0
    assert what_if.retention([100.0, 50.0], months=18) is None
    assert what_if.retention([], months=60) is None
