"""Custom fields of customers in the rules of segments, as they are now.

Offered are fields that everybody may see: a segment of a hidden one would tell who holds what.
Decimals and amounts are left out: they stand in units of their own field.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mainstay.customers.segments import fields
from mainstay.customers.segments.fields import Field, Kind
from mainstay.people import queries as people

from . import queries
from .models import Definition
from .rules import LISTED, SORTED_TEXTS, Subject, Type

ASKED: Mapping[Type, tuple[Kind, str]] = {
    Type.WHOLE: (Kind.NUMBER, "number"),
    Type.YES_NO: (Kind.FLAG, "number"),
    Type.DAY: (Kind.DAY, "day"),
    Type.MOMENT: (Kind.DAY, "moment"),
    Type.USER: (Kind.CHOICE, "user"),
    **dict.fromkeys(LISTED, (Kind.CHOICE, "choice")),
    **dict.fromkeys(SORTED_TEXTS, (Kind.TEXT, "text")),
}


def publish() -> None:
    fields.register_source("custom", current)


def current() -> list[Field]:
    """Return the fields that may be asked now."""
    known = queries.definitions(Subject.CUSTOMER)
    return [_field(each) for each in known if not each.seen_by and Type(each.type) in ASKED]


def _field(row: Definition) -> Field:
    kind, path = ASKED[Type(row.type)]
    return Field(
        key=f"custom.{row.key}",
        label=row.label,
        group=_("Custom fields"),
        kind=kind,
        path=path,
        rows=partial(_values, row),
        choices=partial(_choices, row) if kind == Kind.CHOICE else None,
        moment=row.type == Type.MOMENT,
    )


def _values(row: Definition) -> "QuerySet[Any]":
    rows = queries.values(row)
    return rows.filter(number=1) if row.type == Type.YES_NO else rows


def _choices(row: Any) -> list[tuple[str, Any]]:
    if row.type == Type.USER:
        return [(str(each.pk), str(each)) for each in people.named_owners()]
    return [(str(each.pk), each.label) for each in row.answers]
