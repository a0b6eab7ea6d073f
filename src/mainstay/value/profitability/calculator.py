"""The calculator: lifetime value by yearly margins, for free input, a customer or a segment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.analysis import charts
from mainstay.analysis.value import margins
from mainstay.analysis.value.margins import MOST_YEARS, Year
from mainstay.people import queries as people
from mainstay.shared.templatetags.figures import number, percent
from mainstay.value.presenters import words as value_words
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.sentences import translated

from . import prefill

FIELDS = ("revenue", "variable", "acquisition", "retention", "survival")
RATES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
LARGEST = 1e12


@dataclass(frozen=True)
class Cell:
    """An input of the table with its accessible name."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Line:
    """One year: inputs, then what follows from them."""

    year: int
    inputs: list[Cell]
    results: list[str]


@dataclass(frozen=True)
class Calculation:
    """Everything on the page; `problem` says what does not fit."""

    about: str
    note: str
    problem: str
    start: list[Cell]
    hidden: dict[str, str]
    lines: list[Line]
    total: str
    relation: list[tuple[str, str, str]]
    length: str
    net: str
    chart: Chart | None
    segments: list[tuple[str, str]]
    segment: str
    currency: str


class Amount(forms.FloatField):
    """A number as the reader's language writes it, empty for zero."""

    def __init__(self) -> None:
        super().__init__(required=False, localize=True, min_value=0, max_value=LARGEST)


def calculation(user: Any, data: Any) -> Calculation:
    """Return the page for what the address says: its numbers, a customer, a segment, or the
    lecture's example."""
    start = prefill.of(user, customer=data.get("customer", ""), segment=data.get("segment", ""))
    problem, rows, single = "", start.rows, start.single
    if data.getlist("revenue"):
        try:
            rows, single = _typed(data)
        except forms.ValidationError as refusal:
            problem = " ".join(refusal.messages)
    if data.get("add") and len(rows) < MOST_YEARS:
        rows = [*rows, {**rows[-1], "acquisition": 0.0}]
    if data.get("drop") and len(rows) > 1:
        rows = rows[:-1]
    return _page(start, rows, single, problem)


def _typed(data: Any) -> tuple[list[dict[str, float]], dict[str, float]]:
    """Return the numbers of the address; raise a sentence that names the first that is none."""
    columns = {name: data.getlist(name)[: MOST_YEARS + 1] for name in FIELDS}
    if len({len(values) for values in columns.values()}) > 1:
        raise forms.ValidationError(_("Each year needs all of its fields; open the page again."))
    rows = [
        {name: _number(columns[name][place], f"{place + 1}, {LABELS[name]}") for name in FIELDS}
        for place in range(len(columns["revenue"]))
    ]
    single = {name: _number(data.get(name, ""), str(SINGLES[name])) for name in SINGLES}
    return rows, single


def _number(text: str, where: str) -> float:
    try:
        return float(Amount().clean(text) or 0.0)
    except forms.ValidationError as refusal:
        words = " ".join(refusal.messages)
        raise forms.ValidationError(
            _("Year or field %(where)s: %(words)s") % {"where": where, "words": words}
        ) from refusal


LABELS = {
    "revenue": gettext_lazy("Revenue"),
    "variable": gettext_lazy("Variable cost, %"),
    "acquisition": gettext_lazy("Acquisition cost"),
    "retention": gettext_lazy("Cost of retention and service"),
    "survival": gettext_lazy("Still a customer, %"),
}
SINGLES = {
    "rate": gettext_lazy("Discount rate, % a year"),
    "cr": gettext_lazy("Retention rate CR, %"),
    "referred": gettext_lazy("CLV of customers referred"),
    "credited": gettext_lazy("Credited of it, %"),
}


def _page(
    start: prefill.Start, rows: list[dict[str, float]], single: dict[str, float], problem: str
) -> Calculation:
    table: list[margins.Result] = []
    relation: list[tuple[str, str, str]] = []
    length = net = ""
    try:
        years = [_year(row) for row in rows]
        table = margins.lifetime(years, discount_rate=single["rate"] / 100)
        length = number(margins.years_of(single["cr"] / 100), 1)
        relation = _relation(table, single)
        net = _net(table, single)
    except ValueError as reason:
        problem = problem or translated(str(reason))
    currency = people.company().currency
    return Calculation(
        about=start.about,
        note=start.note,
        problem=problem,
        start=[Cell(name, str(label), _text(single[name])) for name, label in SINGLES.items()],
        hidden=start.hidden,
        lines=_lines(rows, table),
        total=number(table[-1].cumulative, 1) if table else "",
        relation=relation,
        length=length,
        net=net,
        chart=_chart(table, currency) if table else None,
        segments=[(key, str(label)) for key, label in value_words.SEGMENTS.items()],
        segment=start.hidden.get("segment", ""),
        currency=currency,
    )


def _year(row: Mapping[str, float]) -> Year:
    return Year(
        revenue=row["revenue"],
        variable_share=row["variable"] / 100,
        acquisition=row["acquisition"],
        retention=row["retention"],
        survival=row["survival"] / 100,
    )


def _relation(
    table: list[margins.Result], single: Mapping[str, float]
) -> list[tuple[str, str, str]]:
    """Return retention rate, length and what a constant margin is worth under it."""
    average = sum(row.margin for row in table) / len(table)
    rates = sorted({*RATES, single["cr"] / 100})
    return [
        (
            percent(rate, 1),
            number(margins.years_of(rate), 1),
            number(average * margins.multiple(rate, discount_rate=single["rate"] / 100), 1),
        )
        for rate in rates
        if rate < 1 + single["rate"] / 100
    ]


def _net(table: list[margins.Result], single: Mapping[str, float]) -> str:
    """Return the value with recommendations; the acquisition cost is in the years already."""
    share = single["credited"] / 100
    whole = margins.with_referrals(table[-1].cumulative, referred=single["referred"], share=share)
    return number(whole, 1)


def _lines(rows: list[dict[str, float]], table: list[margins.Result]) -> list[Line]:
    found = []
    for place, row in enumerate(rows):
        year = place + 1
        inputs = [
            Cell(
                name,
                _("%(field)s, year %(year)s") % {"field": label, "year": year},
                _text(row[name]),
            )
            for name, label in LABELS.items()
        ]
        result = table[place] if table else None
        told = (
            [
                number(result.margin, 1),
                number(result.factor, 3),
                number(result.present, 1),
                number(result.cumulative, 1),
            ]
            if result
            else ["–"] * 4
        )
        found.append(Line(year, inputs, told))
    return found


def _text(value: float) -> str:
    """Return the number without needless decimals, as an input shows it."""
    rounded = round(value, 4)
    return localize_input(int(rounded) if rounded.is_integer() else rounded)


def _chart(table: list[margins.Result], currency: str) -> Chart:
    rows = [{"name": row.year, "amount": row.cumulative} for row in table]
    labels = {
        "name": _("Year"),
        "amount": _("Lifetime value so far in %(unit)s") % {"unit": currency},
        "gain": _("Profit"),
        "loss": _("Loss"),
    }
    shown = [[number(r.year), number(r.present, 1), number(r.cumulative, 1)] for r in table]
    columns = [_("Year"), _("Present value"), _("Lifetime value so far")]
    text = _("How the lifetime value grows with each year that the customer stays.")
    return Chart(
        _("Lifetime value by years"), text, charts.gains(rows, labels=labels), columns, shown
    )
