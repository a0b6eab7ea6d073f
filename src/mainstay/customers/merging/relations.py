"""What hangs on a customer or a contact, in every app: found in the models, not listed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, UniqueConstraint
from django.db.models.query_utils import Q

MODELS = {"customer": "customers.Customer", "contact": "customers.Contact"}


def model_key(subject: str) -> str:
    """Return under which name field rules know the subject."""
    return MODELS[subject].lower()


_same: dict[str, tuple[str, ...]] = {}
_stays: set[str] = set()
_followers: dict[str, Any] = {}


def same(model: str, *fields: str) -> None:
    """Let a row stay behind whose like, by these fields, the survivor has already."""
    _same[model.lower()] = fields


def stays(*models: str) -> None:
    """Let all rows of these models stay with the record they were made for.

    For results of a run, which are a picture of that day, and for notes of what was done to a
    record: the next run speaks of the survivor.
    """
    _stays.update(model.lower() for model in models)


def follow(model: str, told: Any) -> None:
    """Call `told(row numbers)` in the same transaction when rows of the model moved."""
    _followers[model.lower()] = told


def followers() -> dict[str, Any]:
    return dict(_followers)


@dataclass(frozen=True)
class Unique:
    """Fields that, with the customer, may stand only once; within a condition if there is one."""

    fields: tuple[str, ...]
    condition: Q | None = None


@dataclass(frozen=True)
class Relation:
    """A foreign key to the subject."""

    model: type[Model]
    field: "ForeignKey[Any, Any]"

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def column(self) -> str:
        return self.field.attname

    @property
    def stays(self) -> bool:
        return self.model._meta.label_lower in _stays

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    def rows(self) -> Any:
        return self.model._base_manager.all()

    def uniques(self) -> Iterator[Unique]:
        """Say of which rows the survivor may have only one."""
        name, meta = self.field.name, self.model._meta
        if self.field.unique:
            yield Unique(())
        for fields in meta.unique_together:
            if name in fields:
                yield Unique(tuple(field for field in fields if field != name))
        for constraint in meta.constraints:
            if isinstance(constraint, UniqueConstraint) and name in constraint.fields:
                rest = tuple(field for field in constraint.fields if field != name)
                yield Unique(rest, constraint.condition)
        if meta.label_lower in _same:
            yield Unique(tuple(field for field in _same[meta.label_lower] if field != name))

    def others(self) -> list[str]:
        """Return the columns by which the same row is tied to the subject once more."""
        return [
            field.attname
            for field in self.model._meta.concrete_fields
            if field.remote_field
            and field.name != self.field.name
            and field.related_model is self.field.related_model
        ]


@cache
def relations(subject: str) -> tuple[Relation, ...]:
    """Return every relation to the subject, those that stay too, in one order."""
    target = apps.get_model(MODELS[subject])
    found = [
        Relation(model, field)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label != "merging" and model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is target
    ]
    return tuple(sorted(found, key=lambda relation: relation.key))


def moving(subject: str) -> list[Relation]:
    return [relation for relation in relations(subject) if not relation.stays]


def named(subject: str, key: str) -> Relation | None:
    return next((each for each in relations(subject) if each.key == key), None)
