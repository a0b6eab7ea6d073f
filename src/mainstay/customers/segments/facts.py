"""What higher capabilities tell of a group of customers: `publish` in their `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django_stubs_ext import StrOrPromise

from mainstay.people.permissions import can

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


Measured = dict[str, Any]


@dataclass(frozen=True)
class Teller:
    """Whoever has the permission is told what `say` makes of what `measure` adds up.

    `measure(rows)` returns what JSON holds, None where there is nothing to tell; large segments
    keep it from one counting to the next. `say(user, measured)` returns it as a page shows it.
    """

    permission: str
    measure: Callable[[Any], Measured | None]
    say: Callable[[Any, Measured], Facts]


_tellers: dict[str, Teller] = {}


def publish(key: str, teller: Teller) -> None:
    _tellers[key] = teller


def measured(rows: Any) -> dict[str, Measured]:
    """Return what every teller adds up: for the program's own work."""
    found = {key: teller.measure(rows) for key, teller in _tellers.items()}
    return {key: each for key, each in found.items() if each is not None}


def said(user: Any, measured: dict[str, Measured]) -> list[Facts]:
    """Return what was measured, as far as the user may read it."""
    known = {key: teller for key, teller in _told_to(user).items() if key in measured}
    return [teller.say(user, measured[key]) for key, teller in known.items()]


def of(user: Any, rows: Any, *, seconds: float) -> list[Facts]:
    """Return what is known of the customers; nothing where it takes too long to add up."""
    found: dict[str, Measured] = {}
    for key, teller in _told_to(user).items():
        try:
            with limited(seconds):
                added_up = teller.measure(rows)
        except TooSlow:
            continue
        if added_up is not None:
            found[key] = added_up
    return said(user, found)


def _told_to(user: Any) -> dict[str, Teller]:
    return {key: teller for key, teller in _tellers.items() if can(user, teller.permission)}
