"""What winning customers cost, drawn as tables."""

from datetime import date
from typing import Any

import pytest

from mainstay.analysis.value import winning
from mainstay.analysis.value.winning import Book, Period

YEAR = Period(date(2025, 1, 1), date(2025, 12, 1))


def newcomers(*rows: tuple[int, int, int, int]) -> list[dict[str, Any]]:
    """Return rows of channel, campaign, month of 2025 and customers, each worth 1,000 ± 10."""
    return [
        {
            "channel": channel,
            "campaign": campaign,
            "month": date(2025, month, 1),
            "customers": n,
            "worth": 1_000.0 * n,
            "squares": (1_000.0**2 + 100) * n,
        }
        for channel, campaign, month, n in rows
    ]


def costs(*rows: tuple[int, int, int, float]) -> list[dict[str, Any]]:
    return [
        {"channel": channel, "campaign": campaign, "month": date(2025, month, 1), "cost": cost}
        for channel, campaign, month, cost in rows
    ]


def told(won: winning.Won) -> dict[str, Any]:
    return {
        "customers": won.customers,
        "counted": won.counted,
        "cac": won.cac and round(won.cac.value),
        "ratio": won.ratio and round(won.ratio.value, 2),
    }


def test_only_months_with_a_known_cost_count() -> None:
    book = Book(newcomers((1, 0, 1, 30), (1, 0, 2, 10)), (), (), costs((1, 0, 1, 6_000)))

    found = winning.report(book, YEAR)

    (channel,) = found.channels
    assert told(channel) == {"customers": 40, "counted": 30, "cac": 200, "ratio": 5.0}
    assert (found.without_cost, found.months_without_cost) == (10, 1)


def test_a_month_that_cost_and_won_nobody_counts() -> None:
    book = Book(newcomers((1, 0, 1, 30)), (), (), costs((1, 0, 1, 6_000), (1, 0, 2, 3_000)))

    assert told(winning.report(book, YEAR).whole)["cac"] == 300


def test_who_came_by_no_known_channel_counts_in_the_blended_cost_alone() -> None:
    book = Book(newcomers((1, 0, 1, 30), (0, 0, 1, 30)), (), (), costs((1, 0, 1, 6_000)))

    found = winning.report(book, YEAR)

    assert (found.customers, found.without_channel, found.without_cost) == (60, 30, 0)
    assert told(found.whole)["cac"] == 200
    assert found.blended is not None
    assert found.blended.value == 100
    assert [won.channel for won in found.channels] == [1]


def test_a_campaign_counts_its_own_costs_only() -> None:
    known = newcomers((1, 5, 1, 20), (1, 6, 1, 20), (1, 0, 1, 10))
    book = Book(known, (), (), costs((1, 5, 1, 4_000), (1, 0, 1, 1_000)))

    found = winning.report(book, YEAR)

    assert {won.campaign: told(won)["cac"] for won in found.campaigns} == {5: 200, 6: None}
    assert told(found.channels[0]) == {"customers": 50, "counted": 50, "cac": 100, "ratio": 10.0}


def test_few_customers_are_counted_and_not_rated() -> None:
    book = Book(newcomers((1, 0, 1, 19)), (), (), costs((1, 0, 1, 6_000)))

    won = winning.report(book, YEAR).channels[0]

    assert told(won) == {"customers": 19, "counted": 19, "cac": None, "ratio": None}
    assert won.each is None


def test_a_channel_that_costs_nothing_has_a_cost_of_zero_and_no_ratio() -> None:
    book = Book(newcomers((1, 0, 1, 30)), (), (), costs((1, 0, 1, 0.0)))

    won = winning.report(book, YEAR).channels[0]

    assert won.is_known
    assert told(won) == {"customers": 30, "counted": 30, "cac": 0, "ratio": None}


def test_the_payback_is_that_of_customers_who_have_lived_long_enough() -> None:
    place = {"channel": 1, "campaign": 0, "cohort": date(2024, 1, 1)}
    young = place | {"cohort": date(2025, 10, 1)}
    sizes = [place | {"customers": 50, "months": 14}, young | {"customers": 30, "months": 2}]
    returns = [place | {"age": age, "margin": 5_000, "squares": 0} for age in range(14)]
    book = Book(newcomers((1, 0, 1, 30)), sizes, returns, costs((1, 0, 1, 9_000)))

    payback = winning.report(book, YEAR).channels[0].payback

    assert payback is not None
    assert (payback.months, payback.customers, payback.observed) == (3, 50, 14)


def test_cohorts_are_quarters_and_the_last_ends_with_the_period() -> None:
    book = Book(newcomers((1, 0, 3, 20), (1, 0, 4, 30)), (), (), costs((1, 0, 3, 4), (1, 0, 4, 9)))

    found = winning.report(book, Period(date(2025, 2, 1), date(2025, 5, 1)))

    assert [(won.cohort, won.customers, won.cost) for won in found.cohorts] == [
        (date(2025, 1, 1), 20, 4.0),
        (date(2025, 4, 1), 30, 9.0),
    ]


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(ValueError, match="Give 0 or more"):
        winning.report(Book((), (), (), costs((1, 0, 1, -5.0))), YEAR)


def test_nothing_known_says_so() -> None:
    found = winning.report(Book((), (), (), ()), YEAR)

    assert (found.customers, found.channels, found.blended, found.begins) == (0, [], None, None)
    assert [won.customers for won in found.cohorts] == [0, 0, 0, 0]
