"""Which question comes next, on plain values."""

from datetime import date, timedelta

import pytest

from mainstay.customers.profiling.rules import Candidate, Choice, Past, Why, best, reason

TODAY = date(2026, 3, 5)


def asked(outcome: str, days_ago: int, **known: int) -> Candidate:
    past = Past(outcome, TODAY - timedelta(days_ago))
    return Candidate(1, 50, **{"valid_days": 90, "rest_days": 30} | known, past=past)


@pytest.mark.parametrize(
    ("candidate", "why"),
    [
        (Candidate(1, 50, 90, 30), Why.NEVER),
        (Candidate(1, 50, 90, 30, known=True), None),
        (asked("answered", 89), None),
        (asked("answered", 90), Why.STALE),
        (asked("answered", 9000, valid_days=0), None),
        (asked("asked", 29), None),
        (asked("asked", 30), Why.AGAIN),
        (asked("declined", 89), None),
        (asked("declined", 90), Why.RECONSIDER),
        (asked("declined", 364, valid_days=0), None),
        (asked("declined", 365, valid_days=0), Why.RECONSIDER),
    ],
)
def test_a_question_is_open_for_a_reason(candidate: Candidate, why: Why | None) -> None:
    assert reason(candidate, TODAY) == why


def test_of_the_open_ones_the_one_worth_most_is_asked() -> None:
    closed = Candidate(1, 99, 90, 30, past=Past("answered", TODAY))
    rows = [closed, Candidate(2, 40, 0, 30), Candidate(3, 60, 0, 30), Candidate(4, 60, 0, 30)]

    assert best(rows, TODAY) == Choice(3, Why.NEVER)
    assert best([closed], TODAY) is None
    assert best([], TODAY) is None
