"""The lecture's table to the digit, and the length of a relationship."""

from typing import Any

import pytest

from mainstay.analysis.value import margins
from mainstay.analysis.value.margins import Year

SEED = [
    Year(revenue=1000, variable_share=0.5, acquisition=100),
    Year(revenue=1200, variable_share=0.5, retention=100),
    Year(revenue=1440, variable_share=0.5, retention=80),
    Year(revenue=1600, variable_share=0.5, retention=60),
]


def test_the_lectures_table_to_the_digit() -> None:
    table = margins.lifetime(SEED, discount_rate=0.10)

    assert [round(row.margin, 4) for row in table] == [400, 500, 640, 740]
    assert [round(row.factor, 4) for row in table] == [1, 1.1, 1.21, 1.331]
    assert [round(row.present, 1) for row in table] == [400, 454.5, 528.9, 556.0]
    assert [round(row.cumulative, 1) for row in table] == [400, 854.5, 1383.5, 1939.4]


def test_a_customer_who_may_leave_counts_as_often_as_it_stays() -> None:
    (row,) = margins.lifetime([Year(revenue=100, acquisition=10, survival=0.5)], discount_rate=0.1)

    assert row.margin == 40


def test_how_long_a_relationship_lasts() -> None:
    assert margins.years_of(0.80) == pytest.approx(5)
    assert margins.retention_of(5) == pytest.approx(0.80)
    assert margins.years_of(0) == 1


def test_the_multiple_is_the_sum_of_the_series() -> None:
    series = sum((0.8 / 1.1) ** k for k in range(2000))

    assert margins.multiple(0.8, discount_rate=0.1) == pytest.approx(series)


def test_acquisition_is_subtracted_once_and_recommendations_count_by_their_share() -> None:
    assert margins.with_referrals(1000, acquisition=150, referred=600, share=0.5) == 1150
    assert margins.with_referrals(1000, acquisition=150, referred=600) == 850


@pytest.mark.parametrize(
    ("years", "rate"),
    [
        ([], 0.1),
        ([Year(revenue=1)] * 51, 0.1),
        ([Year(revenue=1)], -1.0),
        ([Year(revenue=1)], float("nan")),
        ([Year(revenue=float("inf"))], 0.1),
        ([Year(revenue=-1)], 0.1),
        ([Year(revenue=1, survival=1.1)], 0.1),
        ([Year(revenue=1, variable_share=-0.1)], 0.1),
    ],
)
def test_nonsense_is_refused(years: Any, rate: float) -> None:
    with pytest.raises(ValueError, match=r".+\."):
        margins.lifetime(years, discount_rate=rate)


@pytest.mark.parametrize("wrong", [-0.1, 1.0, 1.5, float("nan")])
def test_a_retention_rate_of_a_hundred_per_cent_lasts_for_ever(wrong: float) -> None:
    with pytest.raises(ValueError, match="retention rate"):
        margins.years_of(wrong)
