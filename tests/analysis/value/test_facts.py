from datetime import date
from typing import Any

from mainstay.analysis.value import days, facts

from .drawn import AS_OF, DUCK, lines, rows

SPLIT = date(2025, 12, 31)


def found_in(*drawn: tuple[int, str, int]) -> Any:
    counted = days.counted(lines(drawn), as_of=AS_OF)
    function = facts.customer_facts(counted, as_of=AS_OF, split=SPLIT)
    return DUCK.mapped(counted, function, schema=function.schema, order=facts.ORDER)


def facts_of(*drawn: tuple[int, str, int]) -> Any:
    return facts.customers(found_in(*drawn))


def test_recency_frequency_monetary_and_tenure() -> None:
    found = facts_of((1, "2026-03-01", 500), (1, "2026-03-21", 700), (1, "2026-03-25", -100))

    expected = [(date(2026, 3, 1), date(2026, 3, 21), 2, 1100, 500, 10, 30)]
    columns = ("first_day", "last_day", "occasions", "revenue_minor")
    assert rows(found, *columns, "first_minor", "recency_days", "tenure_days") == expected


def test_calibration_ends_on_the_split() -> None:
    found = facts_of((1, "2025-12-01", 500), (1, "2025-12-31", 300), (1, "2026-01-01", 700))

    expected = [(2, date(2025, 12, 31), 800)]
    columns = ("calibration_occasions", "calibration_last_day", "calibration_minor")
    assert rows(found, *columns) == expected


def test_trend_compares_the_two_latest_half_years() -> None:
    found = facts_of(
        (1, "2024-01-01", 1),
        (1, "2025-05-01", 1),
        (1, "2026-01-01", 1),
        (1, "2026-02-01", 1),
        (2, "2024-01-01", 1),
        (3, "2026-02-01", 1),
    )

    assert rows(found, "customer_id", "trend") == [(1, 1 / 3), (2, None), (3, None)]


def test_a_customer_with_returns_only_is_no_buyer() -> None:
    found = facts_of((1, "2026-01-01", -500), (2, "2026-01-01", 5))

    assert rows(facts.buyers(found), "customer_id") == [(2,)]
    assert rows(facts.without_purchase(found), "customers", "amount_minor") == [(1, -500)]


def test_each_day_says_how_many_customers_bought() -> None:
    found = found_in(
        (1, "2026-01-01", 5), (1, "2026-01-01", 5), (2, "2026-01-01", 5), (2, "2026-01-02", -5)
    )

    assert rows(facts.occasions_by_day(found), "day", "occasions") == [(date(2026, 1, 1), 2)]
