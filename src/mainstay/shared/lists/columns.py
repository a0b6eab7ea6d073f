"""Columns of a list: where a value comes from, how it looks, how it leaves in an export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django_stubs_ext import StrOrPromise

from mainstay.shared.money import major
from mainstay.shared.templatetags import figures
from mainstay.shared.templatetags.shell import initials, tone

NOTHING = mark_safe('<span class="nothing">–</span>')


class Kind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    PERSON = "person"
    TAGS = "tags"
    NUMBER = "number"
    DECIMAL = "decimal"
    SCALED = "scaled"
    MONEY = "money"
    SHARE = "share"
    DAY = "day"
    MOMENT = "moment"


RIGHT = {Kind.NUMBER, Kind.DECIMAL, Kind.SCALED, Kind.MONEY}


@dataclass(frozen=True, kw_only=True)
class Column:
    """`path` reads the row (or the publication's row); `load` reads many rows by their numbers.

    A `SCALED` column holds decimals as whole numbers of `places`; `currency` is that of every
    amount in the column.
    """

    key: str
    label: StrOrPromise
    path: str = ""
    kind: Kind = Kind.TEXT
    shown: bool = True
    sort: str = ""
    nullable: bool = False
    largest_first: bool = False
    choices: Mapping[Any, Any] = field(default_factory=dict)
    tones: Mapping[Any, str] = field(default_factory=dict)
    currency_path: str = ""
    currency: str = ""
    places: int = 0
    load: Callable[[list[int]], Mapping[int, Any]] | None = None
    permission: str = ""

    @property
    def right(self) -> bool:
        return self.kind in RIGHT

    def text(self, value: Any) -> Any:
        """Return what a person reads of a choice; other values as they are."""
        return self.choices.get(value, value)


def cell(column: Column, value: Any, currency: str) -> SafeString:
    """Return the value as the list shows it."""
    if value is None or value in ("", []):
        return NOTHING
    match column.kind:
        case Kind.CHOICE:
            colour = column.tones.get(value, "neutral")
            return _tag(colour, column.text(value))
        case Kind.PERSON:
            return _person(str(value))
        case Kind.TAGS:
            tags = "".join(_tag("neutral", text) for text in value)
            return SafeString(f'<span class="tags">{tags}</span>')
        case Kind.SHARE:
            return _share(value)
        case Kind.TEXT:
            text = escape(str(column.text(value)))
            return SafeString(f'<span class="clip" title="{text}">{text}</span>')
        case _:
            return SafeString(escape(_figure(column, value, column.currency or currency)))


def _tag(colour: str, text: Any) -> SafeString:
    return SafeString(f'<span class="tag tag-{colour}">{escape(str(text))}</span>')


def _figure(column: Column, value: Any, currency: str) -> str:
    match column.kind:
        case Kind.SCALED:
            return figures.number(Decimal(value).scaleb(-column.places), column.places)
        case Kind.NUMBER:
            return figures.number(value)
        case Kind.DECIMAL:
            return figures.number(value, 2)
        case Kind.MONEY:
            return figures.money(value, currency)
        case Kind.DAY:
            return figures.day(value)
        case _:
            return figures.moment(value)


@lru_cache(maxsize=512)
def _person(name: str) -> SafeString:
    return SafeString(
        f'<span class="avatar-line"><span class="initials tone-{tone(name)}" aria-hidden="true">'
        f"{escape(initials(name))}</span><span>{escape(name)}</span></span>"
    )


def _share(value: float) -> SafeString:
    words = escape(figures.percent(value))
    return SafeString(
        f'<span class="share"><progress max="100" value="{round(value * 100)}"'
        f' aria-label="{words}"></progress>{words}</span>'
    )


def exported(column: Column, value: Any, currency: str) -> Any:
    """Return the value for a file: numbers as numbers, money in whole units, days as days."""
    if value is None:
        return ""
    match column.kind:
        case Kind.MONEY:
            return major(value, column.currency or currency)
        case Kind.SCALED:
            return Decimal(value).scaleb(-column.places)
        case Kind.CHOICE | Kind.TEXT:
            return str(column.text(value))
        case Kind.TAGS:
            return ", ".join(value)
        case _:
            return value
