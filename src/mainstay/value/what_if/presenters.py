"""The what-if page: levers, what they come to beside today, and the scenarios that are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from mainstay.analysis import charts
from mainstay.people.permissions import can
from mainstay.shared import money
from mainstay.shared.numbers import row_number
from mainstay.shared.templatetags.figures import money_round, money_short, number, percent
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import currency, explain
from mainstay.value.presenters.sentences import translated

from . import queries
from .forms import COST, LeverForm, ScenarioForm, initial
from .outcome import LEVERS, Result, Today, moved, today


@dataclass(frozen=True)
class Column:
    """One way things could be: where its levers stand and what comes of it."""

    title: str
    levers: list[str]
    result: Result | None
    problem: str = ""
    scenario: Any = None


class Cell(NamedTuple):
    """A figure with its change from today, and its interval."""

    figure: str
    change: str = ""
    tone: str = ""
    interval: str = ""


@dataclass(frozen=True)
class Line:
    """One figure under all columns."""

    label: str
    cells: list[Cell]
    explain: dict[str, str]


def page(user: Any, data: Any, *, refused: ScenarioForm | None = None) -> dict[str, Any]:
    """Return the page for the levers of the address, or of a scenario that was refused."""
    now = today()
    if now is None:
        return {"run": None}
    unit = currency(now.run)
    chosen = _chosen(data)
    start = initial(chosen, unit) if chosen else {}
    given = refused.data if refused else data
    touched = any(name in LEVERS or name.startswith(COST) for name in given)
    terms: dict[str, Any] = {"today": now, "currency": unit, "initial": start}
    form = LeverForm(given if touched else None, **terms)
    columns = _columns(now, unit, _levers(form, chosen), chosen)
    return {
        "run": now.run,
        "form": form,
        "levers": [field for field in form if field.name in LEVERS],
        "costs": [field for field in form if field.name.startswith(COST)],
        "keep": (refused or _keeping(form, terms)) if can(user, "value.run") else None,
        "may_keep": can(user, "value.run") and any(column.scenario for column in columns),
        "columns": columns,
        "lines": _lines(now, unit, columns),
        "chart": _chart(columns, unit),
        "measured": now.policy.retention is not None,
    }


def scenario_form(data: Any) -> ScenarioForm | None:
    """Return the form that keeps a scenario; None while there is no run."""
    now = today()
    return ScenarioForm(data, today=now, currency=currency(now.run)) if now else None


def _chosen(data: Any) -> Any:
    pk = row_number(data.get("scenario", ""))
    return None if pk is None else queries.scenario(pk=pk)


def _keeping(form: LeverForm, terms: dict[str, Any]) -> ScenarioForm | None:
    """Return the form that keeps the levers as they stand; None where none is moved."""
    if form.is_bound and form.errors:
        return None
    written = form.data if form.is_bound else form.initial
    moved_levers = {name: text for name, text in written.items() if name in form.fields and text}
    start = {**terms["initial"], **moved_levers}
    return ScenarioForm(**{**terms, "initial": start}) if moved_levers else None


def _levers(form: Any, chosen: Any) -> dict[str, Any] | None:
    """Return the levers of the form; {} where none is moved, None where one does not fit."""
    if form.is_bound:
        return form.values() if form.is_valid() else None
    return _stored(chosen) if chosen else {}


def _stored(scenario: Any) -> dict[str, Any]:
    return {name: getattr(scenario, name) for name in (*LEVERS, "costs")}


def _columns(now: Today, unit: str, levers: dict[str, Any] | None, chosen: Any) -> list[Column]:
    """Return today, the levers as they stand, and the scenarios; the chosen one stands second."""
    found = [Column(_("Today"), _told(now, {}, unit), moved(now, {}))]
    if chosen and levers == _stored(chosen):
        found.append(_column(now, unit, chosen.name, levers, scenario=chosen))
    elif levers and any(levers.get(name) not in (None, {}) for name in (*LEVERS, "costs")):
        found.append(_column(now, unit, _("These levers"), levers))
    others = [row for row in queries.scenarios()[: queries.MOST] if row != found[-1].scenario]
    return found + [_column(now, unit, row.name, _stored(row), scenario=row) for row in others]


def _column(
    now: Today, unit: str, title: str, levers: Mapping[str, Any], scenario: Any = None
) -> Column:
    told = _told(now, levers, unit)
    try:
        return Column(title, told, moved(now, levers), scenario=scenario)
    except ValueError as reason:
        return Column(title, told, None, translated(str(reason), currency=unit), scenario)


def _told(now: Today, levers: Mapping[str, Any], unit: str) -> list[str]:
    """Return where the levers stand that are moved; for today where all stand."""
    words = {
        "retention": _("retention %(share)s"),
        "margin": _("margin %(share)s"),
        "discount_rate": _("discount %(share)s"),
    }
    given = levers or vars(now.policy)
    shares = [
        text % {"share": percent(given[name], 1)}
        for name, text in words.items()
        if given.get(name) is not None
    ]
    costs = (levers.get("costs") or {}).items()
    return shares + [f"{now.names.get(key, key)} {money_short(cost, unit)}" for key, cost in costs]


def _lines(now: Today, unit: str, columns: list[Column]) -> list[Line]:
    results = [column.result for column in columns]
    run, costed = now.run, now.profit_run
    level = percent(run.summary["parameters"]["level"])
    worth = explain(
        run,
        n=run.summary["n"],
        method=_(
            "Each future year of the forecast is moved by retention and margin and discounted at"
            " mid-year; the sum is set in proportion to today's equity."
        ),
        interval=_("%(level)s, today's interval in the same proportion") % {"level": level},
        note=_("Arithmetic on today's forecast: customers may react otherwise."),
    )
    found = []
    if now.equity and now.yearly:
        found.append(Line(_("Customer equity"), _worths(results, unit), worth))
    if costed and costed.summary["n"]:
        text = _("What customers were charged for an activity moves in proportion to its cost.")
        facts = explain(costed, n=costed.summary["n"], method=text)
        found += [
            Line(_("Net profit in a year"), _amounts(results, unit, "net_minor"), facts),
            Line(_("Unprofitable customers"), _numbers(results), facts),
            Line(_("What they lose"), _amounts(results, unit, "lost_minor"), facts),
        ]
    return found


def _worths(results: list[Result | None], unit: str) -> list[Cell]:
    values = [r.equity.value if r and r.equity else None for r in results]
    ends = [
        _("%(low)s to %(high)s")
        % {"low": money_short(r.equity.low, unit), "high": money_short(r.equity.high, unit)}
        if r and r.equity
        else ""
        for r in results
    ]
    cells = _money(values, unit)
    return [cell._replace(interval=text) for cell, text in zip(cells, ends, strict=True)]


def _amounts(results: list[Result | None], unit: str, name: str) -> list[Cell]:
    return _money([getattr(r.profit, name) if r and r.profit else None for r in results], unit)


def _money(values: list[float | None], unit: str) -> list[Cell]:
    changes = [_change(value, values[0]) for value in values]
    return [
        Cell(money_short(value, unit), _signed(change, unit) if change else "", _tone(change))
        for value, change in zip(values, changes, strict=True)
    ]


def _numbers(results: list[Result | None]) -> list[Cell]:
    values = [r.profit.unprofitable if r and r.profit else None for r in results]
    changes = [_change(value, values[0]) for value in values]
    return [
        Cell(
            number(n),
            f"{'+' if change > 0 else ''}{number(change)}" if change else "",
            _tone(-change),
        )
        for n, change in zip(values, changes, strict=True)
    ]


def _change(value: float | None, before: float | None) -> float:
    return 0.0 if value is None or before is None else round(value - before)


def _signed(change: float, unit: str) -> str:
    return f"{'+' if change > 0 else ''}{money_short(change, unit)}"


def _tone(change: float) -> str:
    return "green" if change > 0 else "red" if change < 0 else ""


def _chart(columns: list[Column], unit: str) -> Chart | None:
    """Return the present value of each future year, today and under the chosen levers."""
    shown = [column for column in columns[:2] if column.result and column.result.flows]
    if not shown:
        return None
    rows = [
        {
            "group": str(year),
            "series": column.title,
            "amount": float(money.major(round(flow), unit)),
        }
        for column in shown
        for year, flow in enumerate(column.result.flows, 1)  # type: ignore[union-attr]
    ]
    labels = {"group": _("Year ahead"), "amount": _("Present value in %(unit)s") % {"unit": unit}}
    table = zip(*(column.result.flows for column in shown), strict=True)  # type: ignore[union-attr]
    return Chart(
        _("Where the value lies in time"),
        _("Margin expected in each year ahead, discounted to today."),
        charts.side_by_side(rows, labels=labels, unit="~s"),
        [labels["group"], *(column.title for column in shown)],
        [[str(year), *(money_round(v, unit) for v in row)] for year, row in enumerate(table, 1)],
    )
