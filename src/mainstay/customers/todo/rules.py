"""Decisions about tasks on plain values: when a repeated one is due again, when to remind."""

import calendar
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

# A task of a day, without a time, is reminded of at the beginning of the working day.
MORNING = time(8)
WEEK = timedelta(days=7)


class When(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    OPEN = "open"


def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def later(day: date, every: int, unit: str) -> date:
    """Return the day so many days, weeks or months on; the 31st becomes a shorter month's last."""
    if unit != "month":
        return day + timedelta(days=every * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + every
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_due(due: date, every: int, unit: str, today: date) -> date:
    """Return when a task done today is due again: by its rule, and not in the past.

    Steps are counted from the first day, so that the 31st does not stay at the 28th.
    """
    step = 1
    while (found := later(due, every * step, unit)) <= today:
        step += 1
    return found


def moment(due: date, at: time | None, zone: str) -> datetime:
    """Return the moment in UTC that the day, or the time of the day, means in the zone."""
    return datetime.combine(due, at or MORNING, ZoneInfo(zone)).astimezone(UTC)


def remind_at(due: date | None, at: time | None, zone: str, minutes: int | None) -> datetime | None:
    """Return when to remind: so many minutes before; None: never."""
    if due is None or minutes is None:
        return None
    return moment(due, at, zone) - timedelta(minutes=minutes)


def when(due: date | None, at: time | None, zone: str, now: datetime, today: date) -> When:
    """Return under which heading an open task stands."""
    if due is None:
        return When.OPEN
    late = at is not None and due == today and moment(due, at, zone) < now
    if due < today or late:
        return When.OVERDUE
    if due == today:
        return When.TODAY
    return When.WEEK if due <= today + WEEK else When.LATER


def by_heading(tasks: Iterable[Any], now: datetime, today: date) -> list[tuple[When, list[Any]]]:
    """Return the tasks under their headings, in the order of urgency; empty ones left out."""
    found: dict[When, list[Any]] = {each: [] for each in When}
    for task in tasks:
        zone = task.time_zone
        found[when(task.due_date, task.due_time, zone, now, today)].append(task)
    return [(heading, rows) for heading, rows in found.items() if rows]
