"""Views of a list that people keep under a name; the people capability publishes the keeping."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


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
