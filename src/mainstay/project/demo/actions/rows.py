"""Write columns of plain values in bulk: a company of a million lines must not take an hour."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model
from django.db.models.fields import NOT_PROVIDED

from mainstay.shared.bulk import insert_rows

CHUNK = 50_000
Columns = dict[str, Sequence[Any]]


@dataclass(frozen=True)
class Lazily(Sequence[Any]):
    """A column that becomes Python values only for the rows just being written."""

    values: "np.ndarray[Any, np.dtype[Any]]"
    written: Callable[["np.ndarray[Any, np.dtype[Any]]"], list[Any]]

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            return self.written(self.values[part])
        return self.written(self.values[part : part + 1])[0]


@dataclass(frozen=True)
class Keys:
    """Primary keys given out in a row: position p of a list is `first + p`."""

    first: int

    def of(self, position: int | None) -> int | None:
        return None if position is None or position < 0 else self.first + position

    def every(self, count: int) -> range:
        return range(self.first, self.first + count)


def next_keys(model: type[Model]) -> Keys:
    highest = model._base_manager.aggregate(highest=Max("pk"))["highest"]
    return Keys((highest or 0) + 1)


def load(model: type[Model], columns: Columns, now: datetime) -> None:
    """Insert the columns; fields not named get their defaults."""
    count = len(next(iter(columns.values())))
    constant = {
        field.name: _default(field, now)
        for field in model._meta.concrete_fields
        if field.name not in columns and _is_wanted(field)
    }
    names = [*columns, *constant]
    tail = tuple(constant.values())
    for start in range(0, count, CHUNK):
        chunk = zip(*(values[start : start + CHUNK] for values in columns.values()), strict=True)
        insert_rows(model, names, ((*row, *tail) for row in chunk))


def _is_wanted(field: Any) -> bool:
    return not field.primary_key and field.db_default is NOT_PROVIDED


def _default(field: Any, now: datetime) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return stamp(now)
    return field.get_default()


def stamp(moment: datetime) -> str:
    """Write the moment as both databases store it: UTC, without its zone."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def stamps(moments: "np.ndarray[Any, np.dtype[np.datetime64]]") -> list[str]:
    text = np.datetime_as_string(moments.astype("datetime64[s]"))
    return [str(moment) for moment in np.char.replace(text, "T", " ").tolist()]


def continue_keys(models: Iterable[type[Model]]) -> None:
    """PostgreSQL counts keys in sequences, which know nothing of keys we gave out ourselves."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
