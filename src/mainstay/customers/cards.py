"""Cards that higher capabilities put onto a customer's page; `publish` in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Card:
    """A template and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Any, Any], Card | None]
_sources: dict[str, Source] = {}


def publish(key: str, source: Source) -> None:
    """Let `source(user, customer)` give a card, or None where it has nothing to say."""
    _sources[key] = source


def cards(user: Any, customer: Any) -> list[Card]:
    found = (source(user, customer) for source in _sources.values())
    return [card for card in found if card is not None]
