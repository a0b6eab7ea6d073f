"""Keyset paging: a page starts after a row, so page 10,000 costs what page 1 costs."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
LONGEST_CURSOR = 1000
_UNFIT = re.compile(r"[\x00-\x1f\ud800-\udfff]")
LARGEST_INTEGER = 2**63 - 1


class BadCursor(ValueError):
    """The place to go on from was not made by this list."""


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    next: str
    previous: str


def page(rows: QuerySet[Row], *, order: tuple[str, ...], size: int, cursor: str = "") -> Page[Row]:
    """Return one page; all fields of `order` run the same way and the last one is unique."""
    names = [name.lstrip("-") for name in order]
    falling = order[0].startswith("-")
    backwards, place = _decoded(rows.model, names, cursor) if cursor else (False, None)
    down = falling != backwards
    if place is not None:
        rows = rows.filter(_beyond(names, place, "lt" if down else "gt"))
    ordered = rows.order_by(*(f"-{name}" if down else name for name in names))
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    first = _encoded(found[0], names, backwards=True) if found else ""
    last = _encoded(found[-1], names, backwards=False) if found else ""
    return Page(
        rows=found,
        next=last if (more or backwards) else "",
        previous=first if (place is not None and (more or not backwards)) else "",
    )


def _beyond(names: list[str], place: list[Any], side: str) -> Q:
    """Spell (a, b) < (x, y) so that both databases use the index on (a, b)."""
    name, value = names[0], place[0]
    if len(names) == 1:
        return Q((f"{name}__{side}", value))
    rest = _beyond(names[1:], place[1:], side)
    tied_or_beyond = Q((f"{name}__{side}e", value))
    return tied_or_beyond & (Q((f"{name}__{side}", value)) | (Q((name, value)) & rest))


def _encoded(row: Model, names: list[str], *, backwards: bool) -> str:
    fields: list[Any] = [row._meta.get_field(name) for name in names]
    values = [field.value_to_string(row) for field in fields]
    text = json.dumps([int(backwards), *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(model: type[Model], names: list[str], cursor: str) -> tuple[bool, list[Any]]:
    try:
        text = base64.b64decode(_padded(cursor), altchars=b"-_", validate=True).decode()
        backwards, *values = json.loads(text)
        if len(values) != len(names) or backwards not in (0, 1) or "\x00" in text:
            raise BadCursor
        fields = [model._meta.get_field(name) for name in names]
        place = [_value(field, value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, ValidationError, binascii.Error, RecursionError) as error:
        raise BadCursor from error
    return bool(backwards), place


def _padded(cursor: str) -> bytes:
    if len(cursor) > LONGEST_CURSOR:
        raise BadCursor
    return cursor.encode("ascii") + b"=" * (-len(cursor) % 4)


def _value(field: Any, text: str) -> Any:
    value = field.to_python(text) if isinstance(text, str) else None
    too_large = isinstance(value, int) and abs(value) > LARGEST_INTEGER
    unfit = isinstance(value, str) and _UNFIT.search(value)
    if value is None or too_large or unfit:
        raise BadCursor
    return value
