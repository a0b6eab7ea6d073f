"""Which question to ask next: a decision on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Who does not want to say is not asked again for so long, where the question has no validity.
LEFT_IN_PEACE = 365


class Why(StrEnum):
    NEVER = "never"
    STALE = "stale"
    AGAIN = "again"
    RECONSIDER = "reconsider"


@dataclass(frozen=True)
class Past:
    """What came of asking last."""

    outcome: str
    on: date


@dataclass(frozen=True)
class Candidate:
    """A question for a customer; `known`: its field on the record says something already."""

    id: int
    worth: int
    valid_days: int
    rest_days: int
    known: bool = False
    past: Past | None = None


@dataclass(frozen=True)
class Choice:
    id: int
    why: Why
    since: date | None = None


def best(candidates: Iterable[Candidate], today: date) -> Choice | None:
    """Return the question to ask: open, rested, and of those the one worth most; else None."""
    found = [(each, why) for each in candidates if (why := reason(each, today))]
    if not found:
        return None
    each, why = min(found, key=lambda pair: (-pair[0].worth, pair[0].id))
    return Choice(each.id, why, each.past.on if each.past else None)


def reason(question: Candidate, today: date) -> Why | None:
    """Return why the question is open for the customer; None: it is not."""
    past = question.past
    if past is None:
        return None if question.known else Why.NEVER
    match past.outcome:
        case "answered":
            stale = question.valid_days and _older(past.on, question.valid_days, today)
            return Why.STALE if stale else None
        case "declined":
            peace = question.valid_days or LEFT_IN_PEACE
            return Why.RECONSIDER if _older(past.on, peace, today) else None
        case _:
            return Why.AGAIN if _older(past.on, question.rest_days, today) else None


def _older(day: date, days: int, today: date) -> bool:
    return day + timedelta(days=days) <= today
