"""Cards that capabilities put onto a customer's page; `publish` in their `apps.ready()`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from typing import Any


class Place(StrEnum):
    """Where on the page a card stands."""

    NOTICE = "notice"  # above all: what must not be overlooked
    WORTH = "worth"  # the first is always open, the others unfold
    TALK = "talk"  # beside the conversation that is noted
    SIDE = "side"


@dataclass(frozen=True)
class Card:
    """A template and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Any, Any], Card | None]
_sources: dict[Place, dict[str, tuple[int, Source]]] = {place: {} for place in Place}
OPEN = (Place.NOTICE, Place.TALK, Place.SIDE)


def publish(key: str, source: Source, *, place: Place = Place.WORTH, order: int = 50) -> None:
    """Let `source(user, customer)` give a card, or None where it has nothing to say."""
    _sources[place][key] = (order, source)


def cards(user: Any, customer: Any) -> dict[str, list[Card]]:
    """Return the cards that the page opens with: of what the customer is worth, the first."""
    found = {str(place): list(_given(user, customer, place)) for place in OPEN}
    return found | {Place.WORTH: list(islice(_given(user, customer, Place.WORTH), 1))}


def further(user: Any, customer: Any) -> list[Card]:
    """Return the other cards on what the customer is worth, which are asked for when unfolded."""
    return list(islice(_given(user, customer, Place.WORTH), 1, None))


def _given(user: Any, customer: Any, place: Place) -> Iterator[Card]:
    for _order, source in sorted(_sources[place].values(), key=itemgetter(0)):
        if (card := source(user, customer)) is not None:
            yield card
