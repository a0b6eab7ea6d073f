"""The events there are; each capability publishes its own in its app's ready()."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrOrPromise

Described = Callable[[Any, list[int]], Mapping[int, Any]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A published event: its name, what it means, and how its subject is told.

    Policy: `describe(user, ids)` answers only for subjects the user may see, with the fields the
    user may read; what it leaves out is not sent.
    """

    name: str
    label: StrOrPromise
    permission: str
    describe: Described


_kinds: dict[str, Kind] = {}
_followed: dict[str, str] = {}


def register(*published: Kind) -> None:
    for kind in published:
        _kinds[kind.name] = kind


def follow(name: str, *, verbs: Iterable[str]) -> None:
    """Emit the event whenever the audit log is told one of the verbs."""
    _followed.update(dict.fromkeys(verbs, name))


def kinds() -> tuple[Kind, ...]:
    """Return what may be subscribed to, in the order of publishing."""
    return tuple(_kinds.values())


def kind_of(name: str) -> Kind | None:
    return _kinds.get(name)


def event_for(verb: str) -> str:
    """Return the event that follows the verb of the audit log; empty for none."""
    return _followed.get(verb, "")
