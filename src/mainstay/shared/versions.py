"""Two people edit the same record: the second is told, and nothing is lost."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models.fields.related import ForeignKey


class EditedMeanwhile(Exception):
    """Somebody saved the record after this edit began; `current` is what stands there now."""

    def __init__(self, current: Any) -> None:
        super().__init__("edited meanwhile")
        self.current = current


def locked(queryset: "models.QuerySet[Any]", pk: int, version: int | None) -> Any:
    """Return the row, locked until the transaction ends; `version=None` asks for no check."""
    row = queryset.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and row.version != version:
        raise EditedMeanwhile(row)
    return row


def content(row: Any, fields: Iterable[str]) -> int:
    """Return the number that stands for what the fields hold, of a row that counts no versions.

    Whoever writes the row, by whatever way, changes it; 48 bits fit every JSON reader.
    """
    held = json.dumps([str(getattr(row, name)) for name in fields])
    return int.from_bytes(hashlib.blake2b(held.encode(), digest_size=6).digest())


def apply(row: models.Model, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the values, checked; return old and new of the fields that differ, as people read."""
    differing = [name for name in values if getattr(row, name) != values[name]]
    old = {name: readable(getattr(row, name)) for name in differing}
    for name in differing:
        setattr(row, name, values[name])
    check(row)
    return old, {name: readable(getattr(row, name)) for name in differing}


def check(row: models.Model) -> None:
    """Raise a sentence for each field that does not fit; related rows are the caller's."""
    related = {field.name for field in row._meta.fields if isinstance(field, ForeignKey)}
    row.clean_fields(exclude=related)


def readable(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value
