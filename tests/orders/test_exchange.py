"""Dated rates on plain values."""

from datetime import date
from decimal import Decimal

import pytest

from mainstay.orders.exchange import converted, dated, rate_on

MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)
RATES = dated([("USD", APRIL, Decimal("0.91")), ("USD", MARCH, Decimal("0.95"))])


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2025, 2, 28), None),
        (MARCH, "0.95"),
        (date(2025, 3, 31), "0.95"),
        (APRIL, "0.91"),
        (date(2025, 5, 1), "0.91"),
        (date(2025, 5, 2), None),
    ],
)
def test_a_rate_counts_until_the_next_and_at_most_31_days(day: date, rate: str | None) -> None:
    assert rate_on(RATES, "USD", day) == (rate and Decimal(rate))


def test_a_currency_without_rates_has_none() -> None:
    assert rate_on(RATES, "GBP", MARCH) is None


@pytest.mark.parametrize(
    ("minor", "rate", "places", "result"),
    [
        (1000, "0.95", 0, 950),
        (1001, "0.5", 0, 501),  # half away from zero
        (-1001, "0.5", 0, -501),
        (1500, "0.006", 2, 900),  # 1500 yen have no cents
        (1234, "3.2", -1, 395),  # 1.234 dinars have three places
        (9 * 10**15, "1.000000001", 0, 9_000_000_009_000_000),
    ],
)
def test_amounts_become_minor_units_of_the_company(
    minor: int, rate: str, places: int, result: int
) -> None:
    assert converted(minor, Decimal(rate), places=places) == result
