"""How long a list takes with a segment: beyond that, lists read its members as stored."""

from dataclasses import dataclass
from time import perf_counter

from django.http import QueryDict

from mainstay.people.permissions import ADMINISTRATOR
from mainstay.shared.lists import keyset
from mainstay.shared.lists.selection import select
from mainstay.shared.lists.state import read

from . import actions
from .models import Segment, SegmentKind, Sharing
from .timing import TooSlow, limited

SLOW_MS = 60  # of the 100 that a page may take
TRIES = 3
SECONDS = 1


@dataclass(frozen=True)
class _Everybody:
    """Somebody who sees all customers, and the segments of one owner."""

    pk: int | None
    role: str = ADMINISTRATOR
    is_authenticated: bool = True
    is_active: bool = True
    team_id: None = None
    reach: str = ""


def measure(segment: Segment) -> None:
    """Note how long a list of the segment's customers takes, and whether it asks the rule."""
    lost = segment.owner_id is None and segment.sharing == Sharing.PRIVATE
    if segment.kind != SegmentKind.LIVE or lost or segment.archived_at:
        return
    actions.note_speed(segment, took_ms=None, direct=True)
    try:
        with limited(SECONDS):
            took = min(_milliseconds(segment) for _again in range(TRIES))
    except TooSlow:
        took = SECONDS * 1000
    actions.note_speed(segment, took_ms=took, direct=took <= SLOW_MS)


def _milliseconds(segment: Segment) -> int:
    from mainstay.customers.lists import CUSTOMERS

    start = perf_counter()
    who = _Everybody(segment.owner_id)
    state = read(CUSTOMERS, QueryDict(f"in_segment={segment.pk}"), who)
    selection = select(state, who)
    keyset.fetch(selection.rows, state.ordering, None, ["name"])
    return round((perf_counter() - start) * 1000)
