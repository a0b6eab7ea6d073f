"""Which runs may forget their customers, on plain values."""

from collections.abc import Iterable
from datetime import date, timedelta

ALL_KEPT_DAYS = 31


def forgettable(runs: Iterable[tuple[int, date]], *, today: date, months: int) -> list[int]:
    """Return the numbers of the runs whose customers need not be kept any longer.

    All runs of the last 31 days are kept; of earlier months the last run; and none older than so
    many months. `runs` are numbers with their days.
    """
    young, oldest = today - timedelta(days=ALL_KEPT_DAYS), _months_before(today, months)
    latest: dict[tuple[int, int], int] = {}
    known = sorted((day, number) for number, day in runs)
    for day, number in known:
        latest[day.year, day.month] = number
    return [
        number
        for day, number in known
        if day < young and (day < oldest or latest[day.year, day.month] != number)
    ]


def _months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months back."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
