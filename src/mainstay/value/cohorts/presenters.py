"""The heat map of cohorts: who began together, and what each period of life brought."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.people.permissions import Scope, can, scope
from mainstay.shared.templatetags.figures import money_short, number, percent
from mainstay.value.acquisition.figures import last_day, month, quarter
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import currency, explain
from mainstay.value.presenters.overview import customers_url
from mainstay.value.queries import current_run

from . import queries
from .measures import AGES, MEASURES, METHODS, MOST, PERIODS, estimate, together, value_of, written

SIZES = {"month": 1, "quarter": 3, "year": 12}
SHADES = 5


@dataclass(frozen=True)
class Box:
    """A cell of the map: what stands in it, what it says at length, how dark it is."""

    text: str
    words: str = ""
    shade: int = 0
    partly: bool = False


@dataclass(frozen=True)
class Row:
    """A cohort of the map."""

    name: str
    url: str
    of: str
    boxes: list[Box]


@dataclass(frozen=True)
class Page:
    """Everything on the page; `empty` says why there is no map."""

    run: Any
    empty: str
    choices: list[tuple[str, list[tuple[str, str, bool]]]]
    measure: str = ""
    age: str = ""
    ages: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    chart: Chart | None = None
    explained: dict[str, str] = field(default_factory=dict)
    partly: bool = False
    cut: bool = False
    narrowed: bool = False


def page(user: Any, wish: Mapping[str, Any]) -> Page:
    """Return the map of the current run, as the user wishes to see it."""
    period = wish.get("period") if wish.get("period") in PERIODS else "quarter"
    measure = wish.get("measure") if wish.get("measure") in MEASURES else "retention"
    if measure == "margin" and not can(user, "money.view"):
        measure = "retention"
    own = wish.get("cohorts") == "own"
    run = current_run()
    known = queries.content(run) if run else None
    chosen = {"period": str(period), "measure": str(measure), "cohorts": "own" if own else "all"}
    choices = _choices(user, chosen)
    if known is None:
        return Page(run, "run" if run is None else "part", choices)
    mine = list(queries.own_cohorts(user)) if own else []
    names = {row.first: row for row in mine}
    if own and not mine:
        return Page(run, "own", choices)
    if own:
        cells = queries.own_cells(known, chosen["period"], mine)
    else:
        cells = queries.cells(known, chosen["period"])
    if not cells:
        return Page(run, "old" if cells is None else "young", choices)
    return _map(user, run, cells, names, chosen, choices)


def _choices(user: Any, chosen: dict[str, str]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Return what can be chosen, each choice with its address, keeping the others."""
    measures = {k: v for k, v in MEASURES.items() if k != "margin" or can(user, "money.view")}
    whose = {"all": _("By first purchase"), "own": _("My cohorts")}
    found = []
    groups: tuple[tuple[str, str, Any], ...] = (
        (_("What"), "measure", measures),
        (_("Counted in"), "period", PERIODS),
        (_("Whose"), "cohorts", whose),
    )
    for title, key, options in groups:
        links = [
            (str(label), _address({**chosen, key: value}), chosen[key] == value)
            for value, label in options.items()
        ]
        found.append((title, links))
    return found


def _address(chosen: dict[str, str]) -> str:
    return "?" + "&".join(f"{key}={value}" for key, value in chosen.items())


def _map(
    user: Any,
    run: Any,
    cells: list[Any],
    names: dict[date, Any],
    chosen: dict[str, str],
    choices: Any,
) -> Page:
    from mainstay.analysis.value.cohorts import pooled

    measure, period, unit = chosen["measure"], chosen["period"], currency(run)
    cohorts = sorted({cell.cohort for cell in cells})
    shown = cohorts[-MOST:]
    at = {(c.cohort, c.age): c for c in cells if c.cohort in set(shown) and c.age < MOST}
    ages = range(max((age for _cohort, age in at), default=-1) + 1)
    top = _top(list(at.values()), measure)
    rows = []
    for cohort in reversed(shown):
        boxes = [_box(at.get((cohort, age)), measure, unit, top) for age in ages]
        of = next(cell.of for cell in cells if cell.cohort == cohort)
        span = names.get(cohort)
        rows.append(
            Row(_name(cohort, period, span), _list(cohort, period, span), number(of), boxes)
        )
    every = pooled(cells)
    return Page(
        run,
        "",
        choices,
        measure=str(MEASURES[measure]),
        age=str(AGES[period]),
        ages=[age + 1 for age in ages],
        rows=rows,
        chart=together(every, chosen, unit),
        explained=explain(run, n=every[0].of if every else 0, method=str(METHODS[measure])),
        partly=any(box.partly for row in rows for box in row.boxes),
        cut=len(shown) < len(cohorts) or any(cell.age >= MOST for cell in cells),
        narrowed=scope(user) != Scope.ALL,
    )


def _name(cohort: date, period: str, own: Any) -> str:
    if own is not None:
        return str(own.name)
    if period == "year":
        return date_format(cohort, "Y")
    return month(cohort) if period == "month" else quarter(cohort)


def _list(cohort: date, period: str, own: Any) -> str:
    """Return the list of the customers of a cohort."""
    end = last_day(own.last, 1) if own is not None else last_day(cohort, SIZES[period])
    return customers_url(first_from=cohort.isoformat(), first_to=end.isoformat())


def _top(cells: list[Any], measure: str) -> float:
    """Return the value that is darkest: the largest after the first period of life."""
    later = [value_of(cell, measure) or 0.0 for cell in cells if cell.age]
    every = [value_of(cell, measure) or 0.0 for cell in cells]
    return max(later, default=0.0) or max(every, default=0.0) or 1.0


def _box(cell: Any, measure: str, unit: str, top: float) -> Box:
    if cell is None:
        return Box("")
    value = value_of(cell, measure)
    if value is None:
        counts = _("%(active)s of %(n)s") % {"active": cell.active, "n": cell.customers}
        return Box(counts, _("too few customers for a share"), 0, not cell.complete)
    shade = min(SHADES, 1 + int(max(value, 0.0) / top * SHADES)) if value > 0 else 0
    text = percent(value) if measure == "retention" else money_short(value, unit)
    return Box(text, _words(cell, measure, unit), shade, not cell.complete)


def _words(cell: Any, measure: str, unit: str) -> str:
    """Return the interval and how many customers a cell rests on."""
    known = estimate(cell, measure)
    n = ngettext("%(n)s customer", "%(n)s customers", cell.customers)
    told = n % {"n": number(cell.customers)}
    if not cell.complete:
        told = _("%(n)s of %(of)s customers") % {
            "n": number(cell.customers),
            "of": number(cell.of),
        }
    if known is None:
        return told
    low, high = (written(end, measure, unit) for end in known[1:])
    return f"{low} – {high}, {told}"


def initial(own: Any) -> dict[str, Any]:
    return {name: getattr(own, name) for name in ("name", "first", "last")} if own else {}


def own_page(user: Any, own: Any) -> dict[str, Any]:
    """Return one's own cohorts; the form beside is about one of them, or a new one."""
    rows = [
        {
            "row": row,
            "first": month(row.first),
            "last": month(row.last),
            "url": _list(row.first, "month", row),
        }
        for row in queries.own_cohorts(user)
    ]
    return {"rows": rows, "own": own}
