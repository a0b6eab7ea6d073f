"""The command palette: capabilities publish sources, each answers a term with hits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mainstay.shared import navigation

FOUND = gettext_lazy("Found")
HITS_PER_GROUP = 6
TERM_LENGTH = 200


@dataclass(frozen=True)
class Hit:
    label: str
    detail: str
    url: str
    icon: str = "arrow-right"
    # What was probably meant, where nothing is called what was typed.
    meant: str = ""


@dataclass(frozen=True)
class Group:
    label: str
    hits: list[Hit]

    @property
    def meant(self) -> str:
        return self.hits[0].meant if self.hits else ""


Source = Callable[[Any, str], list[Hit]]
_sources: list[tuple[Source, StrOrPromise]] = []


def register(source: Source, label: StrOrPromise = FOUND) -> None:
    if source not in [known for known, _label in _sources]:
        _sources.append((source, label))


def search(user: Any, term: str) -> list[Group]:
    """Return the groups of hits for a term; without one, the pages the person may open."""
    term = " ".join(term.replace("\0", " ").split())[:TERM_LENGTH]
    groups = [Group(_("Pages"), _pages(user, term))]
    if term:
        found = [Group(str(label), source(user, term)) for source, label in _sources]
        groups = [*found, *groups]
    shown = [Group(g.label, g.hits[:HITS_PER_GROUP] if term else g.hits) for g in groups if g.hits]
    return sorted(shown, key=lambda group: bool(group.meant))


def _pages(user: Any, term: str) -> list[Hit]:
    wanted = term.casefold().split()
    mine = navigation.entries(user)
    names = {entry.key: str(entry.label) for entry in mine}
    return [
        Hit(str(entry.label), names.get(entry.within, ""), reverse(entry.url_name), entry.icon)
        for entry in mine
        if all(word in str(entry.label).casefold() for word in wanted)
    ]
