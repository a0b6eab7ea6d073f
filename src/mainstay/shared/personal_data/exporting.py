"""Everything the register knows of a subject, as plain rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from . import register
from .checking import is_text
from .declared import Personal, Subject


@dataclass(frozen=True)
class Section:
    """What one model tells: the names of its columns, their labels, the rows."""

    key: str
    label: str
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def exported(subject: Subject) -> Iterator[Section]:
    """Yield a section for each personal model that has rows about the subject."""
    for entry in reversed(register.entries()):
        columns = exported_columns(entry)
        about = register.rows_about(entry, customers=subject.customers, contacts=subject.contacts)
        found = about.order_by("pk").values_list(*columns)
        if rows := list(found):
            labels = tuple(label_of(entry, column) for column in columns)
            yield Section(entry.model.lower(), str(entry.label), columns, labels, rows)


def exported_columns(entry: Personal) -> tuple[str, ...]:
    plain = [
        field.name
        for field in register.model_of(entry)._meta.concrete_fields
        if not (field.primary_key or field.is_relation or is_text(field))
        and field.name not in entry.held_back
    ]
    return (*entry.texts, *(name for name in plain if name not in entry.texts))


def label_of(entry: Personal, column: str) -> str:
    if column in entry.labels:
        return str(entry.labels[column])
    try:
        field = register.model_of(entry)._meta.get_field(column.split("__", maxsplit=1)[0])
    except FieldDoesNotExist:
        return column
    return str(getattr(field, "verbose_name", column))
