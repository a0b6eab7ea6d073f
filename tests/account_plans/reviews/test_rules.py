"""What became of decisions, and how an agenda follows the data."""

from datetime import date

import pytest

from mainstay.account_plans.reviews.rules import followed, renewal, since, stage

TODAY, EARLIER, LATER = date(2026, 5, 10), date(2026, 5, 1), date(2026, 5, 20)


@pytest.mark.parametrize(
    ("state", "due", "found"),
    [
        ("done", EARLIER, "done"),
        ("open", EARLIER, "overdue"),
        ("open", TODAY, "open"),
        ("open", None, "open"),
        ("cancelled", LATER, "dropped"),
        (None, None, "dropped"),
    ],
)
def test_what_became_of_a_decision(state: str | None, due: date | None, found: str) -> None:
    assert followed(state, due, TODAY) == found


def test_stages_and_since_when_changes_are_told() -> None:
    assert [stage(day, TODAY, is_held=False) for day in (EARLIER, TODAY)] == ["passed", "planned"]
    assert stage(EARLIER, TODAY, is_held=True) == "held"
    assert since(EARLIER, TODAY) == EARLIER
    assert since(None, TODAY) == date(2026, 2, 7)


def test_what_people_wrote_is_not_told_anew() -> None:
    there = {"open": "1 open", "overdue": "2 late", "mine": "old", "gone": "x"}
    proposed = {"open": "2 open", "overdue": "2 late", "mine": "new", "fresh": "a"}

    found = renewal(there, proposed, untouched=frozenset({"open", "overdue", "gone"}))

    assert (found.added, found.changed, found.gone) == (["fresh"], ["open"], ["gone"])
    assert found.count == 3
