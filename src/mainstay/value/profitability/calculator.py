"""The calculator: lifetime value by yearly margins, for free input, a customer or a segment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mainstay.analysis import charts
from mainstay.analysis.value import margins
from mainstay.analysis.value.margins import MOST_YEARS, Year
from mainstay.people import queries as people
from mainstay.shared.templatetags.figures import number, percent
from mainstay.value.presenters import words as value_words
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.sentences import translated

from . import prefill, typed

RATES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


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
    longest: bool


def calculation(user: Any, data: Any) -> Calculation:
    """Return the page for what the address says: its numbers, a customer, a segment, or the
    lecture's example."""
    start = prefill.of(user, customer=data.get("customer", ""), segment=data.get("segment", ""))
    years, single = [typed.written(row) for row in start.rows], typed.written(start.single)
    problem = ""
    if data.getlist("revenue"):
        try:
            years, single = typed.years_of(data), typed.single_of(data)
        except typed.Refused as refusal:
            problem = str(refusal)
    if data.get("add") and len(years) < MOST_YEARS:
        years = [*years, years[-1] | {"acquisition": "0"}]
    if data.get("drop") and len(years) > 1:
        years = years[:-1]
    result = Result(problem=problem) if problem else _computed(years, single)
    return _page(start, years, single, result)


@dataclass(frozen=True)
class Result:
    """What follows from the numbers; nothing but the problem where they do not fit."""

    table: list[margins.Result] = field(default_factory=list)
    relation: list[tuple[str, str, str]] = field(default_factory=list)
    length: str = ""
    net: str = ""
    problem: str = ""


def _computed(years: list[typed.Texts], single: typed.Texts) -> Result:
    try:
        rows, numbers = typed.read_years(years), typed.read_single(single)
        table = margins.lifetime(list(map(_year, rows)), discount_rate=numbers["rate"] / 100)
        length = number(margins.years_of(numbers["cr"] / 100), 1)
        return Result(table, _relation(table, numbers), length, _net(table, numbers))
    except typed.Refused as refusal:
        return Result(problem=str(refusal))
    except ValueError as reason:
        return Result(problem=translated(str(reason)))


def _page(
    start: prefill.Start, years: list[typed.Texts], single: typed.Texts, result: Result
) -> Calculation:
    currency, table = people.company().currency, result.table
    return Calculation(
        about=start.about,
        note=start.note,
        problem=result.problem,
        start=[Cell(name, str(label), single[name]) for name, label in typed.SINGLE.items()],
        hidden=start.hidden,
        lines=_lines(years, table),
        total=number(table[-1].cumulative, 1) if table else "",
        relation=result.relation,
        length=result.length,
        net=result.net,
        chart=_chart(table, currency) if table else None,
        segments=[(key, str(label)) for key, label in value_words.SEGMENTS.items()],
        segment=start.hidden.get("segment", ""),
        currency=currency,
        longest=len(years) >= MOST_YEARS,
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


def _lines(years: list[typed.Texts], table: list[margins.Result]) -> list[Line]:
    found = []
    for place, row in enumerate(years):
        year = place + 1
        inputs = [
            Cell(
                name,
                _("%(field)s, year %(year)s") % {"field": label, "year": year},
                row[name],
            )
            for name, label in typed.YEARLY.items()
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
