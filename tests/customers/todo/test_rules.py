from datetime import UTC, date, datetime, time

import pytest

from mainstay.customers.todo import rules
from mainstay.customers.todo.rules import When

TODAY = date(2026, 3, 5)
NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "every", "unit", "following"),
    [
        (date(2026, 3, 5), 1, "day", date(2026, 3, 6)),
        (date(2026, 3, 1), 2, "week", date(2026, 3, 15)),
        (date(2026, 1, 31), 1, "month", date(2026, 3, 31)),  # not the 28th that lay between
        (date(2025, 12, 31), 2, "month", date(2026, 4, 30)),
        (date(2020, 1, 1), 3, "day", date(2026, 3, 6)),
        (date(2026, 5, 1), 1, "month", date(2026, 6, 1)),
    ],
)
def test_a_repeated_task_is_due_by_its_rule_and_never_in_the_past(
    due: date, every: int, unit: str, following: date
) -> None:
    assert rules.next_due(due, every, unit, TODAY) == following


@pytest.mark.parametrize(
    ("due", "at", "heading"),
    [
        (None, None, When.OPEN),
        (date(2026, 3, 4), None, When.OVERDUE),
        (TODAY, None, When.TODAY),
        (TODAY, time(10, 30), When.OVERDUE),  # 9:30 in UTC
        (TODAY, time(11, 30), When.TODAY),
        (date(2026, 3, 12), None, When.WEEK),
        (date(2026, 3, 13), None, When.LATER),
    ],
)
def test_a_task_stands_under_its_heading(due: date, at: time, heading: When) -> None:
    assert rules.when(due, at, "Europe/Warsaw", NOW, TODAY) == heading


def test_a_reminder_is_counted_in_the_zone_of_the_task() -> None:
    summer = rules.remind_at(date(2026, 7, 1), time(9), "Europe/Warsaw", 60)

    assert summer == datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert rules.remind_at(TODAY, None, "Asia/Shanghai", 0) == datetime(
        2026, 3, 5, 0, 0, tzinfo=UTC
    )
    assert (
        rules.remind_at(None, None, "UTC", 0) is rules.remind_at(TODAY, None, "UTC", None) is None
    )
