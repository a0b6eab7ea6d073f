"""Cards that capabilities put onto a customer's page; `publish` in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
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
_sources: dict[str, tuple[Place, int, Source]] = {}


def publish(key: str, source: Source, *, place: Place = Place.WORTH, order: int = 50) -> None:
    """Let `source(user, customer)` give a card, or None where it has nothing to say."""
    _sources[key] = (place, order, source)


def cards(user: Any, customer: Any) -> dict[str, list[Card]]:
    """Return the cards of each place, in their order."""
    found: dict[str, list[Card]] = {place: [] for place in Place}
    for place, _order, source in sorted(_sources.values(), key=lambda each: each[:2]):
        if (card := source(user, customer)) is not None:
            found[place].append(card)
    return found
