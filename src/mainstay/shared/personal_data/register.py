"""What the capabilities have published."""

from collections.abc import Callable, Collection
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from .declared import Impersonal, Personal, Place, Subject

Relatives = Callable[[Subject], Subject]
Ids = Collection[int]
Rows = models.QuerySet[Any]
FAR = 99

_entries: dict[str, Personal | Impersonal] = {}
_places: dict[str, Place] = {}
_relatives: list[Relatives] = []


def publish(*published: Personal | Impersonal) -> None:
    for entry in published:
        _entries[entry.model.lower()] = entry


def publish_place(*published: Place) -> None:
    for place in published:
        _places[place.key] = place


def publish_relatives(relatives: Relatives) -> None:
    """Let further records belong to a subject: those that were merged into it, for instance."""
    if relatives not in _relatives:
        _relatives.append(relatives)


def widened(subject: Subject) -> Subject:
    """Return the subject with every record that belongs to it."""
    while (wider := _with_relatives(subject)) != subject:
        subject = wider
    return subject


def entry_of(model_label: str) -> Personal | Impersonal | None:
    return _entries.get(model_label.lower())


def entries() -> list[Personal]:
    """Return the personal models, those that hang on others before what they hang on."""
    personal = [entry for entry in _entries.values() if isinstance(entry, Personal)]
    return sorted(personal, key=lambda entry: (-_distance(entry), entry.model))


def impersonal() -> list[Impersonal]:
    return [entry for entry in _entries.values() if isinstance(entry, Impersonal)]


def places() -> list[Place]:
    return list(_places.values())


def subject_of_row(row: models.Model) -> Subject:
    """Return whom a row is about, as far as its own columns tell."""
    entry = entry_of(row._meta.label)
    if not isinstance(entry, Personal):
        return Subject()
    customers, contacts = entry.ways
    return Subject(_numbers(row, customers), _numbers(row, contacts))


def model_of(entry: Personal | Impersonal) -> type[models.Model]:
    return apps.get_model(entry.model)


def rows_about(entry: Personal, *, customers: Ids = (), contacts: Ids = ()) -> Rows:
    """Return the rows of the model that are about one of these customers or contacts."""
    of_customers, of_contacts = entry.ways
    wanted = Q(pk__in=[])
    for ways, ids in ((of_customers, customers), (of_contacts, contacts)):
        for way in ways if ids else ():
            wanted |= Q(**{f"{way}__in": sorted(ids)})
    rows = model_of(entry)._default_manager.all()
    return rows.filter(pk__in=rows.filter(wanted).values("pk"))


def _with_relatives(subject: Subject) -> Subject:
    for relatives in _relatives:
        subject |= relatives(subject)
    return subject


def _numbers(row: models.Model, ways: tuple[str, ...]) -> frozenset[int]:
    """Return the numbers at the end of ways of one step; longer ones would cost queries."""
    names = ("pk" if way == "pk" else f"{way}_id" for way in ways if "__" not in way)
    return frozenset(n for name in names if isinstance(n := getattr(row, name, None), int))


def _distance(entry: Personal) -> int:
    """Return how far the rows are from whom they are about; rows found by words come first."""
    if entry.by_words_only:
        return FAR
    ways = [way for several in entry.ways for way in several]
    return max((0 if way == "pk" else 1 + way.count("__") for way in ways), default=FAR)
