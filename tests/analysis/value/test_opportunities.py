"""Days become weeks and months that stand as days."""

from datetime import date

import pytest
from ibis import _

from mainstay.analysis.value import opportunities

from .drawn import DUCK, lines


@pytest.mark.parametrize(
    ("unit", "day", "called"),
    [
        ("month", date(2011, 6, 1), "2011-06"),
        ("month", date(2011, 6, 30), "2011-06"),
        ("month", date(1969, 12, 31), "1969-12"),
        ("week", date(2026, 11, 23), "2026-11-23"),
        ("week", date(2026, 11, 29), "2026-11-23"),
        ("week", date(1969, 12, 28), "1969-12-22"),
    ],
)
def test_each_day_belongs_to_one_opportunity(unit: str, day: date, called: str) -> None:
    drawn = lines([(1, day.isoformat(), 100)])

    moved = opportunities.by_opportunity(drawn, unit=unit)

    (stands_for,) = DUCK.run(moved.select(_.day))["day"].to_pylist()
    assert opportunities.name(stands_for, unit=unit) == called


@pytest.mark.parametrize(
    ("unit", "as_of", "called"),
    [
        ("month", date(2024, 2, 29), "2024-02"),
        ("month", date(2024, 2, 28), "2024-01"),
        ("week", date(2026, 11, 29), "2026-11-23"),
        ("week", date(2026, 11, 28), "2026-11-16"),
    ],
)
def test_only_opportunities_that_are_over_count(unit: str, as_of: date, called: str) -> None:
    assert opportunities.name(opportunities.latest(as_of, unit=unit), unit=unit) == called
