import math

import numpy as np
import pytest

from mainstay.analysis.value import retention
from mainstay.analysis.value.retention import Base, Case

BASE = Base(lost=180, customers=1000, worth=1_000_000.0, worth_error=50_000.0)


def test_a_point_of_retention_moves_the_worth_by_the_annuity() -> None:
    before, after = (sum((r / 1.1) ** t for t in range(1, 6)) for r in (0.82, 0.83))

    assert retention.gain(BASE, 0.01) == pytest.approx(1_000_000 * (after / before - 1))


def test_without_end_the_annuity_is_the_known_sum() -> None:
    found = retention.annuity(0.8, discount_rate=0.1, years=2000)

    assert found == pytest.approx(0.8 / (1 + 0.1 - 0.8))


def test_the_interval_covers_the_gain_under_the_true_retention() -> None:
    rng, truth, covered = np.random.default_rng(3), Base(lost=200, customers=1000, worth=1e6), 0
    wanted = retention.gain(truth, 0.05)
    for lost in rng.binomial(1000, 0.2, 200):
        drawn = Base(lost=float(lost), customers=1000, worth=1e6)
        low, high = retention.gain_with_interval(drawn, 0.05, level=0.8)[1:]
        covered += low <= wanted <= high

    assert 0.72 <= covered / 200 <= 0.88


def test_a_case_at_its_break_even_nets_nothing() -> None:
    case = Case(cost_once=30_000, cost_yearly=5_000, points_low=0, points=0.02, points_high=0.04)
    answer = retention.evaluate(case, BASE)
    assert answer.break_even is not None

    gained = retention.gain(BASE, answer.break_even)

    assert gained == pytest.approx(answer.cost, rel=1e-9)
    assert answer.net.low < answer.net.value < answer.net.high
    assert answer.net.low == pytest.approx(-answer.cost)


def test_what_no_effect_pays_for_has_no_break_even() -> None:
    case = Case(cost_once=1e9, points_low=0, points=0.01, points_high=0.02)

    assert retention.evaluate(case, BASE).break_even is None


def test_retention_cannot_rise_above_one() -> None:
    assert retention.gain(BASE, 0.5) == retention.gain(BASE, 0.18)
    assert math.isclose(retention.with_retention(BASE, 0.82).worth, BASE.worth)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Base(lost=10, customers=10, worth=1.0),
        lambda: Base(lost=1, customers=10, worth=1.0, discount_rate=-1),
        lambda: Base(lost=1, customers=10, worth=1.0, discount_rate=float("nan")),
        lambda: Base(lost=1, customers=10, worth=1.0, years=0),
        lambda: Case(cost_once=-1, points_low=0, points=0, points_high=0),
        lambda: Case(cost_once=1, points_low=0.2, points=0.1, points_high=0.3),
        lambda: retention.annuity(0.8, discount_rate=-1.5, years=3),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        wrong()  # type: ignore[operator]
