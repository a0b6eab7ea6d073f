"""How estimates of new customers are written: the figure, its interval, and what to beware of."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared.templatetags.figures import money_round, number

TIMES = "×"


class Figure(NamedTuple):
    """A figure with its interval below."""

    value: str
    interval: str = ""


NONE = Figure("–")


def amount(estimate: Any, unit: str) -> Figure:
    if estimate is None:
        return NONE
    value, low, high = (money_round(end, unit) for end in estimate)
    return Figure(value, f"{low} – {high}")


def times(estimate: Any) -> Figure:
    if estimate is None:
        return NONE
    value, low, high = (number(end, 1) for end in estimate)
    return Figure(value + TIMES, f"{low} – {high}{TIMES}")


def back_after(payback: Any) -> Figure:
    """Return after how many months the money is back; the interval may have an open end."""
    if payback is None:
        return NONE
    if payback.months is None:
        return Figure(_("not in %(n)s months") % {"n": number(payback.observed)})
    months = ngettext("%(n)s month", "%(n)s months", payback.months)
    open_end = _("more than %(n)s") % {"n": number(payback.observed)}
    latest = number(payback.latest) if payback.latest else open_end
    return Figure(months % {"n": number(payback.months)}, f"{number(payback.earliest)} – {latest}")


def month(day: date) -> str:
    """Return a month in words: May 2026."""
    return date_format(day, "YEAR_MONTH_FORMAT")


def quarter(day: date) -> str:
    """Return a quarter: 2026 Q1."""
    return _("%(year)s Q%(quarter)s") % {"year": day.year, "quarter": (day.month - 1) // 3 + 1}


def last_day(first: date, months: int) -> date:
    """Return the last day of so many months."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1) - timedelta(days=1)
