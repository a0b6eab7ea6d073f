"""What a rule may ask: every capability registers its fields, amounts and events in `ready()`.

    fields.register(
        Field(key="value.abc_class", label=_("Value class"), group=_("Customer value"),
              kind=Kind.CHOICE, path="abc_class", rows=current_values, choices=classes,
              permission="value.view"),
    )

A field reads the customer's own column `path`, or with `rows` the column `path` of other rows
that lead to the customer by `link`. It always becomes a condition of the database, never a loop.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django_stubs_ext import StrOrPromise

Choices = Callable[[], list[tuple[str, StrOrPromise]]]


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # whole units are typed, minor units stand in `path`
    SHARE = "share"  # percent are typed, a number from 0 to 1 stands in `path`
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"  # yes where `rows` hold the customer, or where the own column is true
    EVENT = "event"  # rows counted within a window of days; `path` is their day
    SUM = "sum"  # `amount` of rows summed within a window; `path` is their day


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing a rule may ask.

    `rows()` gives the rows that count now, None while there are none yet: nobody meets the
    condition then, and `missing` says why. `permission` is what one needs to ask it. `moment`:
    the column holds points in time, not days. An event may be narrowed by `detail`, the column
    that must be one of `choices`; without choices its text is typed.
    """

    key: str
    label: StrOrPromise
    group: StrOrPromise
    kind: Kind
    path: str = ""
    rows: Callable[[], "QuerySet[Any] | None"] | None = None
    link: str = "customer"
    choices: Choices | None = None
    permission: str = ""
    moment: bool = False
    amount: str = ""
    money: bool = False
    detail: str = ""
    detail_label: StrOrPromise = ""
    missing: StrOrPromise = ""
    # answer(values, reckoning): the condition itself, where no single column holds it.
    answer: Callable[[Any, Any], Q] | None = None
    # Keys of the operators that make sense; empty: all of the kind.
    only: tuple[str, ...] = ()


_fields: dict[str, Field] = {}
_sources: dict[str, Callable[[], list[Field]]] = {}


def register(*fields: Field) -> None:
    """Offer the fields to every rule; the same key again replaces."""
    _fields.update({field.key: field for field in fields})


def register_source(prefix: str, current: Callable[[], list[Field]]) -> None:
    """Offer what changes while the program runs: fields with keys as “prefix.name”, for everybody.

    They are asked for anew each time, so they need no permission that segments would keep.
    """
    _sources[prefix] = current


def get(key: str) -> Field | None:
    source = _sources.get(key.partition(".")[0])
    if source is None:
        return _fields.get(key)
    return next((field for field in source() if field.key == key), None)


def every() -> list[Field]:
    """Return all fields: those registered, in their order, then those of the sources."""
    return [*_fields.values(), *(field for source in _sources.values() for field in source())]


def permissions() -> set[str]:
    """Return what one may need to ask some field."""
    return {field.permission for field in _fields.values() if field.permission}
