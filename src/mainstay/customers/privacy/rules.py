"""When a request is due, and what a ledger of consents says today: plain values only."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS_TO_ANSWER = 1
MONTHS_MORE = 2


@dataclass(frozen=True)
class Noted:
    """A step of the ledger, the day it took place and the last day it holds."""

    step: str
    day: date
    valid_until: date | None = None


def months_later(day: date, months: int) -> date:
    """Return the same day that many months later, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due(received: date, *, extended: bool = False) -> date:
    """Return the last day to answer: one month, two more where the reason was told in time."""
    return months_later(received, MONTHS_TO_ANSWER + (MONTHS_MORE if extended else 0))


def standing(steps: Iterable[Noted], *, today: date, double_opt_in: bool) -> str:
    """Return what holds today; the steps are told from the latest to the earliest."""
    latest = next(iter(steps), None)
    if latest is None:
        return "never"
    if latest.step == "withdrawn":
        return "withdrawn"
    if latest.valid_until is not None and latest.valid_until < today:
        return "expired"
    if double_opt_in and latest.step == "given":
        return "waiting"
    return "given"
