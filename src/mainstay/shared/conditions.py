"""Conditions that lead to rows: a set of them to start from, or a question asked of each row."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

GATHERED = "gathered"


@dataclass(frozen=True)
class Condition:
    """What fits, in three forms.

    `ids(most)` names the rows that fit, None when there are more than `most`. `some(most)` is a
    query for their numbers, for all of them without `most`. `asked` is the same as a question that
    is put to one row; `in_row` says that an index of the row's own columns answers it.
    """

    ids: Callable[[int], list[int] | None]
    some: Callable[[int | None], Any]
    asked: Any
    in_row: bool = False


def held(holders: "QuerySet[Any]", link: str) -> Condition:
    """Return the condition that other rows lead to the row by `link`.

    Holders that are sorted are gathered so: it names the index that serves a range of them, where
    a planner would take one that serves the question put to a row.
    """
    asked = Q(Exists(holders.filter(**{link: OuterRef("pk")})))
    gathered_so = holders.order_by(*holders.query.order_by)
    return _numbered(gathered_so.values_list(link, flat=True), asked)


def fitting(rows: "QuerySet[Any]", asked: Q) -> Condition:
    """Return the condition that is met by the rows, which are few enough to be told in one set."""
    return _numbered(rows.order_by().values_list("pk", flat=True), asked)


def _numbered(numbers: "QuerySet[Any, Any]", asked: Q) -> Condition:
    def ids(most: int) -> list[int] | None:
        found = list(numbers[: most + 1])
        return list(dict.fromkeys(found)) if len(found) <= most else None

    return Condition(ids=ids, some=lambda most: numbers[:most], asked=asked)


def among(using: str, ids: list[int], path: str = "pk") -> Q:
    """Return the condition "is one of these numbers", as one parameter however many they are."""
    if connections[using].vendor == "sqlite":
        listed = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)])
    else:
        listed = RawSQL("SELECT unnest(%s::bigint[])", [ids])
    return Q(**{f"{path}__in": listed})


def gathered(queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the rows so that `in_order` finds them first and sorts them then.

    Hits often stand together where a list is sorted: reading along its index until fifty are met
    may read all of it.
    """
    marked: QuerySet[Any] = queryset.alias(**{GATHERED: Value(True)})
    return marked


def in_order(queryset: "QuerySet[Any]", *paths: str) -> "QuerySet[Any]":
    """Sort the rows; those of `gathered` so that no index can give the order."""
    if GATHERED not in queryset.query.annotations:
        return queryset.order_by(*paths)
    first, name = paths[0], paths[0].removeprefix("-")
    hidden = Coalesce(F(name), F(name))
    return queryset.order_by(hidden.desc() if first != name else hidden.asc(), *paths[1:])
