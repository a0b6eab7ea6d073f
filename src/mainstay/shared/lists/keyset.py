"""Pages by position, not by number: the next page begins after the last row of this one.

Deep pages cost what the first costs, and rows added meanwhile move nothing.
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from mainstay.shared.conditions import in_order
from mainstay.shared.search import beginning

PAGE = 50
_LARGEST = 2**63 - 1
_LONGEST = 300
_UNFIT = re.compile("[\x00\ud800-\udfff]")


class BadCursor(ValueError):
    """The address of the page was cut off or changed."""


@dataclass(frozen=True)
class Ordering:
    """How rows are sorted; ties go by the row's number, in the same direction.

    Two segments follow each other where values that begin with `first` come before all others, or
    where rows without a value (`nullable`) come last.
    """

    path: str
    tie: str = "pk"
    descending: bool = False
    nullable: bool = False
    first: str = ""


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: beyond the row with this value and number, or before it."""

    segment: int
    value: Any
    pk: int
    backwards: bool = False

    def encoded(self) -> str:
        plain = [self.segment, *_tagged(self.value), self.pk]
        return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Page:
    rows: list[dict[str, Any]]
    before: Cursor | None
    after: Cursor | None


def decoded(text: str, *, backwards: bool) -> Cursor:
    """Return the cursor of an address, or raise BadCursor."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        segment, kind, value, pk = json.loads(raw)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise BadCursor from error
    fits = segment in (0, 1) and isinstance(pk, int) and 0 <= pk <= _LARGEST
    if not fits:
        raise BadCursor
    return Cursor(segment, _untagged(kind, value), pk, backwards)


def fetch(
    queryset: "QuerySet[Any]",
    ordering: Ordering,
    cursor: Cursor | None,
    paths: list[str],
    size: int = PAGE,
    leading: "QuerySet[Any] | None" = None,
) -> Page:
    """Return one page of dicts with `paths`; rows without a value come last, either way.

    Where `ordering.first` says which values come first, their rows are taken from `leading`.
    """
    segments = (queryset if leading is None else leading, queryset)
    found = _collect(segments, ordering, cursor, paths, size)
    backwards = cursor is not None and cursor.backwards
    if backwards and len(found) <= size:  # the beginning is reached: show the first page whole
        return fetch(queryset, ordering, None, paths, size, leading)
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    return Page(
        rows=[row for _segment, row in found],
        before=_at(found[0], backwards=True)
        if found and (cursor if not backwards else more)
        else None,
        after=_at(found[-1], backwards=False) if found and (more or backwards) else None,
    )


_Found = list[tuple[int, dict[str, Any]]]


def _collect(
    segments: "tuple[QuerySet[Any], QuerySet[Any]]",
    ordering: Ordering,
    cursor: Cursor | None,
    paths: list[str],
    size: int,
) -> _Found:
    backwards = cursor is not None and cursor.backwards
    first = cursor.segment if cursor else 0
    last = int(ordering.nullable or bool(ordering.first))
    found: _Found = []
    for segment in range(first, -1, -1) if backwards else range(first, last + 1):
        # One filter: a second one would join the publisher's rows a second time.
        place = _beyond(ordering, cursor) if cursor and segment == first else Q()
        rows = _segment(segments[segment], ordering, segment, place, backwards=backwards)
        wanted = size + 1 - len(found)
        values = rows.values("pk", *paths, at_=F(ordering.path))[:wanted]
        found += [(segment, row) for row in values]
        if len(found) > size:
            break
    return found


def _segment(
    queryset: "QuerySet[Any]", ordering: Ordering, segment: int, place: Q, *, backwards: bool
) -> "QuerySet[Any]":
    """Return the rows of the first segment (0) or the second (1), sorted."""
    if ordering.first:
        begins = beginning(ordering.first, ordering.path)
        queryset = queryset.filter(place, ~begins if segment else begins)
    elif segment == 1:
        without = queryset.filter(place, **{f"{ordering.path}__isnull": True})
        return without.order_by("-pk" if backwards else "pk")
    elif ordering.nullable:
        queryset = queryset.filter(place, **{f"{ordering.path}__isnull": False})
    else:
        queryset = queryset.filter(place)
    sign = "-" if ordering.descending != backwards else ""
    return in_order(queryset, f"{sign}{ordering.path}", f"{sign}{ordering.tie}")


def _beyond(ordering: Ordering, cursor: Cursor) -> Q:
    """Return the condition in the form indexes serve: v >= x and (v > x or number > n)."""
    if cursor.segment == 1 and not ordering.first:
        return Q(**{"pk__lt" if cursor.backwards else "pk__gt": cursor.pk})
    way = "lt" if ordering.descending != cursor.backwards else "gt"
    within = Q(**{f"{ordering.path}__{way}e": cursor.value})
    further = Q(**{f"{ordering.path}__{way}": cursor.value})
    return within & (further | Q(**{f"{ordering.tie}__{way}": cursor.pk}))


def _at(found: tuple[int, dict[str, Any]], *, backwards: bool) -> Cursor:
    segment, row = found
    return Cursor(segment, row["at_"], row["pk"], backwards)


def _tagged(value: Any) -> tuple[str, Any]:
    match value:
        case datetime():
            return "t", value.isoformat()
        case date():
            return "d", value.isoformat()
        case _:
            return "v", value


def _untagged(kind: Any, value: Any) -> Any:
    try:
        match kind, value:
            case "t", str():
                return datetime.fromisoformat(value)
            case "d", str():
                return date.fromisoformat(value)
            case "v", None | float():
                return value
            case "v", int() if abs(value) <= _LARGEST:
                return value
            case "v", str() if len(value) <= _LONGEST and not _UNFIT.search(value):
                return value
    except ValueError as error:
        raise BadCursor from error
    raise BadCursor
