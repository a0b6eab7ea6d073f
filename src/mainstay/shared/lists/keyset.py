"""Pages by position, not by number: the next page begins after the last row of this one.

Deep pages cost what the first costs, and rows added meanwhile move nothing.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from mainstay.shared.conditions import gathered, in_order
from mainstay.shared.search import STRETCHES, beginning

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


@dataclass(frozen=True)
class Beside:
    """Other rows that help to find a page.

    Where `ordering.first` says which values come first, their rows are taken from `leading`.
    `along` are the rows of the sorted index among which those of the page are met (see `_met`).
    """

    leading: "QuerySet[Any] | None" = None
    along: "QuerySet[Any] | None" = None


def fetch(
    queryset: "QuerySet[Any]",
    ordering: Ordering,
    cursor: Cursor | None,
    paths: list[str],
    size: int = PAGE,
    beside: Beside | None = None,
) -> Page:
    """Return one page of dicts with `paths`; rows without a value come last, either way."""
    leading, along = (beside.leading, beside.along) if beside else (None, None)
    segments = (_Rows(queryset if leading is None else leading), _Rows(queryset, along))
    found = _collect(segments, ordering, cursor, paths, size)
    backwards = cursor is not None and cursor.backwards
    if backwards and len(found) <= size:  # the beginning is reached: show the first page whole
        return fetch(queryset, ordering, None, paths, size, beside)
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


@dataclass(frozen=True)
class _Rows:
    """The rows of a segment, and those of the sorted index they are met among."""

    rows: "QuerySet[Any]"
    along: "QuerySet[Any] | None" = None


def _collect(
    segments: tuple[_Rows, _Rows],
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
        way = _Way(ordering, segment, place, backwards)
        values = _met(segments[segment], way, paths, size + 1 - len(found))
        found += [(segment, row) for row in values]
        if len(found) > size:
            break
    return found


@dataclass(frozen=True)
class _Way:
    """How the rows of a segment are read: sorted so, from a place on, maybe backwards."""

    ordering: Ordering
    segment: int
    place: Q
    backwards: bool

    def sorted(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        return _segment(rows, self.ordering, self.segment, self.place, backwards=self.backwards)


def _met(segment: _Rows, way: _Way, paths: list[str], wanted: int) -> Iterable[dict[str, Any]]:
    """Return the first rows of the segment.

    A walk that rarely meets a hit reads every row on its way. So a short one is tried; then the
    sorted index alone tells where a stretch of it ends, and the hits within are taken from their
    own index and sorted.
    """
    path = way.ordering.path
    side = "lt" if way.ordering.descending == way.backwards else "gt"
    for stretch, walked in STRETCHES:
        ends = _value_at(way, segment.along, stretch)
        if not ends:
            break
        within = segment.rows.filter(**{f"{path}__{side}": ends[0]})
        near = way.sorted(within if walked else gathered(within))
        if len(rows := list(_values(near, path, paths)[:wanted])) == wanted:
            return rows
    return _values(way.sorted(segment.rows), path, paths)[:wanted]


def _values(rows: "QuerySet[Any]", path: str, paths: list[str]) -> "QuerySet[Any, dict[str, Any]]":
    return rows.values("pk", *paths, at_=F(path))


def _value_at(way: _Way, along: "QuerySet[Any] | None", place: int) -> list[Any]:
    """Return the sorted value of the row that stands so far along; nothing beyond the last."""
    if along is None:
        return []
    return list(way.sorted(along).values_list(way.ordering.path, flat=True)[place : place + 1])


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
