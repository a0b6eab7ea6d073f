"""How many customers there are, counted no further and no longer than people need."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .timing import TooSlow, limited

EXACT_UP_TO = 10_000
SECONDS = 1.5
SAMPLES = 8


@dataclass(frozen=True)
class Size:
    """`number` customers, or more than that; None: it took too long to know."""

    number: int | None
    more: bool = False


def size(rows: "QuerySet[Any]", *, up_to: int = EXACT_UP_TO, seconds: float = SECONDS) -> Size:
    """Return how many rows there are, exactly up to a bound."""
    try:
        with limited(seconds):
            number = rows.order_by()[: up_to + 1].count()
    except TooSlow:
        return Size(None)
    return Size(min(number, up_to), number > up_to)


def samples(rows: "QuerySet[Any]", *, seconds: float = SECONDS) -> list[Any]:
    """Return some of the rows by name; none where looking for them takes too long."""
    try:
        with limited(seconds):
            found = list(rows.order_by("pk").select_related("owner")[:SAMPLES])
    except TooSlow:
        return []
    return sorted(found, key=lambda row: row.sort_name)
