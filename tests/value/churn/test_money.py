"""The cost of losses and the worth of keeping, from counts."""

from typing import Any

import pytest

from mainstay.value.churn import money

POLICY = {"horizon_months": 12, "discount_rate": 0.10}


def content(**changes: Any) -> dict[str, Any]:
    year = {
        "customers": 100,
        "lost": 20,
        "back": 2,
        "lost_minor": 20 * 1_000,
        "squares": 20 * 1_000**2 + 20 * 400**2,
        "all_minor": 100 * 2_000,
    } | changes
    return {"year": year, "here": {"customers": 90, "yearly_minor": 90 * 2_500}}


def test_both_formulas_of_the_lectures() -> None:
    year = money.year(content(), POLICY)

    found = money.formulas(year, margin=0.5)

    assert found.lost_times_value == 20 * 1_000
    assert found.lifetime == 4_000 * 5  # revenue a year × 1 / 0.2 years
    assert found.lifetime_times_churn == pytest.approx(20_000 * 100 * 0.2 * 0.5)


def test_lifetime_lost_counts_this_year_whole_and_then_the_retention() -> None:
    year = money.year(content(), POLICY)

    step = 0.8 / 1.1
    assert year.lifetime_minor == pytest.approx(20_000 * sum(step**t for t in range(5)))


def test_a_longer_horizon_of_the_company_counts() -> None:
    assert money.year(content(), POLICY | {"horizon_months": 96}).years == 8
    assert money.year(content(), POLICY | {"horizon_months": 36}).years == money.LEAST_YEARS


def test_the_kept_are_worth_what_the_lost_were() -> None:
    worth = money.worth(content(), POLICY)

    assert worth is not None
    annuity = sum((0.8 / 1.1) ** t for t in range(1, 6))
    assert worth.base.worth == pytest.approx(90 * 1_000 * annuity)
    assert worth.whole == pytest.approx(90 * 2_500 * annuity)
    assert worth.base.worth_error > 0


@pytest.mark.parametrize(
    "change",
    [
        {"customers": 29},
        {"lost": 0, "lost_minor": 0, "squares": 0},
        {"lost": 100},
        {"lost": 1, "lost_minor": 1_000, "squares": 10**6},
        {"lost_minor": -5},
        {"customers": 0, "lost": 0, "lost_minor": 0, "squares": 0, "all_minor": 0},
    ],
)
def test_where_the_worth_means_nothing_there_is_none(change: dict[str, int]) -> None:
    told = content(**change)

    assert money.worth(told, POLICY) is None
    assert money.year(told, POLICY).churn in {0.0, 1.0, 0.01, 0.2, 20 / 29}


def test_without_any_margin_the_formulas_are_zero() -> None:
    found = money.formulas(money.year(content(lost=0, lost_minor=0, squares=0), POLICY), margin=0.0)

    assert (found.lost_times_value, found.lifetime, found.lifetime_times_churn) == (0, 0, 0)
