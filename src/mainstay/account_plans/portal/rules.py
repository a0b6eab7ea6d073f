"""Decisions about works and stages on plain values."""

from collections.abc import Iterable
from datetime import date
from typing import Any

DONE, PLANNED = "done", "planned"


def work_state(finished_on: date | None, stages: Iterable[str]) -> str:
    """Return how a work stands as a whole: planned until its first stage begins."""
    if finished_on is not None:
        return DONE
    known = set(stages)
    return PLANNED if known <= {PLANNED} else "waiting" if known == {"waiting"} else "running"


def dated(values: dict[str, Any], today: date) -> dict[str, Any]:
    """Return a stage's values with the days that its state implies: begun or ended today."""
    given = dict(values)
    if given["state"] == DONE:
        given["ended_on"] = given.get("ended_on") or today
    if given["state"] in ("running", "waiting") and not given.get("began_on"):
        given["began_on"] = today
    return given


def may_be_rated(state: str) -> bool:
    """Tell whether somebody can have an opinion of a stage: only once it began."""
    return state != PLANNED
