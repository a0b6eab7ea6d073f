"""What was typed into the calculator: kept as typed, and read as numbers or refused by name."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.analysis.value.margins import MOST_YEARS

LARGEST = 1e12
YEARLY = {
    "revenue": gettext_lazy("Revenue"),
    "variable": gettext_lazy("Variable cost, %"),
    "acquisition": gettext_lazy("Acquisition cost"),
    "retention": gettext_lazy("Cost of retention and service"),
    "survival": gettext_lazy("Still a customer, %"),
}
SINGLE = {
    "rate": gettext_lazy("Discount rate, % a year"),
    "cr": gettext_lazy("Retention rate CR, %"),
    "referred": gettext_lazy("CLV of customers referred"),
    "credited": gettext_lazy("Credited of it, %"),
}
MAY_BE_NEGATIVE = {"rate"}
Texts = dict[str, str]
Numbers = dict[str, float]


class Refused(Exception):
    """What was typed cannot be read, for the reason that the text gives."""


def years_of(data: Any) -> list[Texts]:
    """Return the years of an address as they were typed."""
    columns = {name: data.getlist(name)[: MOST_YEARS + 1] for name in YEARLY}
    if len({len(values) for values in columns.values()}) > 1:
        raise Refused(_("Each year needs all of its fields; open the page again."))
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def single_of(data: Any) -> Texts:
    return {name: data.get(name, "") for name in SINGLE}


def written(values: Mapping[str, float]) -> Texts:
    """Return numbers without needless decimals, as inputs show them."""
    found = {}
    for name, value in values.items():
        rounded = round(value, 4)
        found[name] = localize_input(int(rounded) if rounded.is_integer() else rounded)
    return found


def read_years(years: list[Texts]) -> list[Numbers]:
    """Return the numbers; raise a sentence that names the first field that holds none."""
    return [
        {
            name: _number(name, text, _("Year %(year)s") % {"year": place}, YEARLY[name])
            for name, text in year.items()
        }
        for place, year in enumerate(years, 1)
    ]


def read_single(given: Texts) -> Numbers:
    return {name: _number(name, text, "", SINGLE[name]) for name, text in given.items()}


def _number(name: str, text: str, year: str, label: Any) -> float:
    lowest = None if name in MAY_BE_NEGATIVE else 0
    field = forms.FloatField(required=False, localize=True, min_value=lowest, max_value=LARGEST)
    try:
        return float(field.clean(text) or 0.0)
    except forms.ValidationError as refusal:
        where = f"{year}, {label}" if year else str(label)
        raise Refused(f"{where}: {' '.join(refusal.messages)}") from refusal
