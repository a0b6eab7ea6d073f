"""What needs attention and what happened lately, for the start page; capabilities publish it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Point:
    """Something to look at: a sentence, where to go, how urgent."""

    text: str
    url: str
    icon: str = "circle-alert"
    tone: str = "amber"


@dataclass(frozen=True)
class Event:
    """Something that happened lately."""

    text: str
    detail: str
    url: str
    at: datetime
    icon: str = "activity"


Points = Callable[[Any, datetime], list[Point]]
Events = Callable[[Any, datetime], list[Event]]
_points: dict[str, Points] = {}
_events: dict[str, tuple[StrOrPromise, Events]] = {}


def register(key: str, source: Points) -> None:
    """Let `source(user, now)` name what needs attention."""
    _points[key] = source


def register_events(key: str, title: StrOrPromise, source: Events) -> None:
    """Let `source(user, now)` tell what happened lately, under a title."""
    _events[key] = (title, source)


def points(user: Any, now: datetime) -> list[Point]:
    return [point for source in _points.values() for point in source(user, now)]


def events(user: Any, now: datetime) -> list[tuple[str, list[Event]]]:
    """Return what happened lately, by title; titles with nothing are left out."""
    found = [(str(title), source(user, now)) for title, source in _events.values()]
    return [(title, lines) for title, lines in found if lines]
