"""What became of a decision, and what a meeting's state is, on plain values."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

QUARTER = timedelta(days=92)


class Followed(StrEnum):
    DONE = "done"
    OPEN = "open"
    OVERDUE = "overdue"
    DROPPED = "dropped"  # its task was cancelled or deleted


def followed(state: str | None, due: date | None, today: date) -> Followed:
    """Return how a decision stands, by state and day of its task; None where that is gone."""
    if state is None or state == "cancelled":
        return Followed.DROPPED
    if state == "done":
        return Followed.DONE
    return Followed.OVERDUE if due is not None and due < today else Followed.OPEN


class Stage(StrEnum):
    PLANNED = "planned"
    PASSED = "passed"  # its day is over, and nobody noted whether it took place
    HELD = "held"


def stage(held_on: date, today: date, *, is_held: bool) -> Stage:
    if is_held:
        return Stage.HELD
    return Stage.PASSED if held_on < today else Stage.PLANNED


def since(held_before: date | None, today: date) -> date:
    """Return from when on changes are told: the review before, without one a quarter ago."""
    return held_before or today - QUARTER


@dataclass(frozen=True)
class Renewal:
    """How an agenda follows the data: what is added, told anew, and taken off."""

    added: list[str]
    changed: list[str]
    gone: list[str]

    @property
    def count(self) -> int:
        return len(self.added) + len(self.changed) + len(self.gone)


def renewal(there: dict[str, str], proposed: dict[str, str], untouched: frozenset[str]) -> Renewal:
    """Return what differs between an agenda and what the data propose, both by key.

    What somebody wrote over, left out or noted something on stays as it is.
    """
    return Renewal(
        added=[key for key in proposed if key not in there],
        changed=[k for k in there if k in untouched and k in proposed and proposed[k] != there[k]],
        gone=[key for key in there if key in untouched and key not in proposed],
    )
