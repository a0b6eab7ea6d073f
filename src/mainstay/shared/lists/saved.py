"""Views of a list under a name: those that people keep, and those that come with the program.

The people capability publishes the keeping; a capability ships the lists that answer its questions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrOrPromise

from mainstay.shared import access


@dataclass(frozen=True)
class SavedView:
    pk: int
    name: str
    query: str
    mine: bool


@dataclass(frozen=True)
class Keeper:
    """`keep(user, key, name, query, shared=)` returns a sentence when the name does not fit."""

    views: Callable[[Any, str], list[SavedView]]
    keep: Callable[..., str]
    remove: Callable[..., None]


_keepers: list[Keeper] = []


def kept_by(keeper: Keeper) -> None:
    _keepers[:] = [keeper]


def views(user: Any, key: str) -> list[SavedView]:
    return _keepers[0].views(user, key) if _keepers else []


def keeper() -> Keeper | None:
    return _keepers[0] if _keepers else None


@dataclass(frozen=True, kw_only=True)
class ShippedView:
    """A question that one click answers: the name asks it, the query is the list's address."""

    name: StrOrPromise
    query: str
    permission: str = ""


_shipped: dict[str, dict[str, ShippedView]] = {}


def ship(key: str, *views: ShippedView) -> None:
    """Offer these views on the list to everybody who may; the same query again replaces."""
    _shipped.setdefault(key, {}).update({view.query: view for view in views})


def shipped(user: Any, key: str) -> list[ShippedView]:
    """Return the views of the list that the user may open."""
    mine = _shipped.get(key, {}).values()
    return [view for view in mine if not view.permission or access.can(user, view.permission)]
