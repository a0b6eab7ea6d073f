"""What higher capabilities tell of a group of customers: `publish` in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django_stubs_ext import StrOrPromise

from .timing import TooSlow, limited


@dataclass(frozen=True)
class Bar:
    """A part of the group: its name, its number, its share of the group."""

    label: StrOrPromise
    number: str
    share: float
    tone: str = ""


@dataclass(frozen=True)
class Facts:
    """Tiles (as `stat.html` takes them) and bars under a title."""

    tiles: list[dict[str, Any]] = field(default_factory=list)
    title: StrOrPromise = ""
    bars: list[Bar] = field(default_factory=list)


# of(user, rows) → Facts, or None where there is nothing to tell.
Teller = Callable[[Any, Any], Facts | None]
_tellers: dict[str, Teller] = {}


def publish(key: str, teller: Teller) -> None:
    _tellers[key] = teller


def of(user: Any, rows: Any, *, seconds: float) -> list[Facts]:
    """Return what is known of the customers; nothing where it takes too long to add up."""
    found = []
    for teller in _tellers.values():
        try:
            with limited(seconds):
                found.append(teller(user, rows))
        except TooSlow:
            continue
    return [each for each in found if each is not None]
