"""Numbers, money and days as the reader's language writes them; nothing known is a dash."""

import datetime as dt
import math
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from mainstay.shared import money as amounts

register = template.Library()
NOTHING = "–"


@register.filter
def number(value: Any, places: int = 0) -> str:
    """Return 1234567.891 as 1,234,568 (or with `places` decimals)."""
    if not _known(value):
        return NOTHING
    figure = amounts.rounded(Decimal(str(value)), places)
    return amounts.grouped(figure, places).replace("-", "\N{MINUS SIGN}")


@register.filter
def percent(share: Any, places: int = 0) -> str:
    """Return 0.123 as 12%, spaced as the language does."""
    if not _known(share):
        return NOTHING
    gap = amounts.GAP if get_language() == "ru" else ""
    return f"{number(Decimal(str(share)) * 100, places)}{gap}%"


@register.filter
def money(minor: Any, currency: str = "EUR") -> str:
    """Return minor units as €1,234.50."""
    return amounts.written(Decimal(str(minor)), currency) if _known(minor) else NOTHING


@register.filter
def money_round(minor: Any, currency: str = "EUR") -> str:
    """Return minor units without cents: €1,235."""
    return amounts.written(Decimal(str(minor)), currency, 0) if _known(minor) else NOTHING


@register.filter
def money_short(minor: Any, currency: str = "EUR") -> str:
    """Return minor units in few figures: €1.23m."""
    return amounts.written_short(Decimal(str(minor)), currency) if _known(minor) else NOTHING


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Return the day in the language's short form."""
    if not value:
        return NOTHING
    local = _local(value)
    on = local.date() if isinstance(local, dt.datetime) else local
    return _written_day(on, get_language())


# A list of fifty rows writes fifty days, mostly the same few.
@lru_cache(maxsize=4096)
def _written_day(on: dt.date, language: str | None) -> str:
    return date_format(on, "SHORT_DATE_FORMAT")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Return day and time in the reader's time zone."""
    return date_format(_local(value), "SHORT_DATETIME_FORMAT") if value else NOTHING


def _known(value: Any) -> bool:
    return value is not None and value != "" and math.isfinite(value)


def _local(value: Any) -> Any:
    return localtime(value) if isinstance(value, dt.datetime) and is_aware(value) else value
