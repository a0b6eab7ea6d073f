"""One stream of everything that happened with a customer or a contact, newest first.

Capabilities publish their sources when the program starts. Each source is asked for one page below
the cursor, along its own index; the pages are merged.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django_stubs_ext import StrOrPromise

from mainstay.records import queries as records
from mainstay.shared.text import search_terms, search_text

PAGE = 20
# Words are looked for in so many entries at a time; then the reader says whether to go on.
SEARCHED_AT_ONCE = 200
MOST_SEARCHED = 2000
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Entry:
    """Something that happened; `pk` tells entries of one source and moment apart."""

    at: datetime
    pk: int
    icon: str
    title: str
    text: str = ""
    url: str = ""
    detail: str = ""
    tone: str = ""
    source: str = ""


@dataclass(frozen=True)
class Below:
    """Where a page begins: below this moment, and there below this source and number."""

    at: datetime
    source: str
    pk: int

    def encoded(self) -> str:
        plain = json.dumps([self.at.isoformat(), self.source, self.pk])
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Wish:
    """What of the stream is wanted: a kind, one of our people, a channel, words."""

    kind: str = ""
    person: int | None = None
    channel: str = ""
    words: str = ""

    def filters(self) -> set[str]:
        return {name for name in ("person", "channel") if getattr(self, name)}


@dataclass(frozen=True)
class Asked:
    """What a source is asked: about whom, for whom, from where on, what of it."""

    user: Any
    about: Any
    wish: Wish = field(default_factory=Wish)
    below: Below | None = None
    source: str = ""
    size: int = PAGE

    def page(self, rows: "QuerySet[Any]", moment: str, number: str = "pk") -> "QuerySet[Any]":
        """Return a page and one row more, as an index on (who, moment, number) serves it."""
        ordered = rows.order_by(f"-{moment}", f"-{number}")
        if self.below is None:
            return ordered[: self.size + 1]
        earlier = Q(**{f"{moment}__lt": self.below.at})
        if self.source > self.below.source:
            return ordered.filter(**{f"{moment}__lte": self.below.at})[: self.size + 1]
        if self.source == self.below.source:
            until = Q(**{f"{moment}__lte": self.below.at})
            same = Q(**{f"{number}__lt": self.below.pk})
            return ordered.filter(until & (earlier | same))[: self.size + 1]
        return ordered.filter(earlier)[: self.size + 1]


Entries = Callable[[Asked], list[Entry]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """`about` are the models whose pages it tells something on, as "customers.customer"."""

    key: str
    kind: str
    entries: Entries
    about: tuple[str, ...] = ("customers.customer",)
    filters: frozenset[str] = frozenset()


_kinds: dict[str, StrOrPromise] = {}
_sources: dict[str, Source] = {}
_told: dict[str, tuple[str, StrOrPromise]] = {}


def publish(source: Source, label: StrOrPromise) -> None:
    """Let the source tell on timelines; `label` names its kind in the filter."""
    _kinds.setdefault(source.kind, label)
    _sources[source.key] = source


def tell(verb: str, icon: str, label: StrOrPromise) -> None:
    """Let events of this verb in the audit log stand on the timeline of whom they are about."""
    _told[verb] = (icon, label)


def kinds(about: Any) -> list[tuple[str, StrOrPromise]]:
    """Return the kinds of entries there are about such a record."""
    known = {source.kind for source in _asked_about(about)}
    return [(kind, label) for kind, label in _kinds.items() if kind in known]


def decoded(text: str) -> Below | None:
    """Return where the page begins; None for the first page and for a damaged address."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        at, source, pk = json.loads(raw)
        found = Below(datetime.fromisoformat(at), str(source), int(pk))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None
    usable = found.at.tzinfo is not None and 0 <= found.pk <= _LARGEST
    return found if usable and found.source in _sources else None


def page(
    user: Any, about: Any, below: Below | None, wish: Wish | None = None
) -> tuple[list[Entry], str]:
    """Return the entries of one page, and the cursor of the next ("" at the end).

    Words are looked for in a bounded number of entries: a page may then be short and yet have
    a next one.
    """
    asked = Asked(user=user, about=about, wish=wish or Wish(), below=below)
    terms = search_terms(asked.wish.words)
    if not terms:
        return _merged(asked)
    found: list[Entry] = []
    asked = replace(asked, size=SEARCHED_AT_ONCE)
    for _turn in range(MOST_SEARCHED // SEARCHED_AT_ONCE):
        entries, following = _merged(asked)
        found += [entry for entry in entries if _holds(entry, terms)]
        if len(found) > PAGE:
            return found[:PAGE], _cursor(found[PAGE - 1])
        if not following:
            return found, ""
        asked = replace(asked, below=decoded(following))
    return found, following


def _merged(asked: Asked) -> tuple[list[Entry], str]:
    found = [
        replace(entry, source=source.key)
        for source in _asked_about(asked.about)
        if asked.wish.kind in ("", source.kind) and asked.wish.filters() <= source.filters
        for entry in source.entries(replace(asked, source=source.key))
    ]
    found.sort(key=lambda entry: entry.pk, reverse=True)
    found.sort(key=lambda entry: entry.source)
    found.sort(key=lambda entry: entry.at, reverse=True)
    shown = found[: asked.size]
    return shown, _cursor(shown[-1]) if len(found) > asked.size else ""


def _cursor(last: Entry) -> str:
    return Below(last.at, last.source, last.pk).encoded()


def _holds(entry: Entry, terms: list[str]) -> bool:
    text = search_text([entry.title, entry.text, entry.detail], [entry.title])
    return all(f" {term}" in text for term in terms)


def _asked_about(about: Any) -> list[Source]:
    model = about._meta.label_lower
    return [source for source in _sources.values() if model in source.about]


def events(asked: Asked) -> list[Entry]:
    """Return what the audit log has of the record that is told on timelines."""
    rows = records.history_of(asked.about).filter(verb__in=list(_told))
    return [
        Entry(
            at=row.at,
            pk=row.pk,
            icon=_told[row.verb][0],
            title=str(_told[row.verb][1]),
            detail=row.actor,
        )
        for row in asked.page(rows, "at")
    ]
