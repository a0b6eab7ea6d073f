"""The value overview: what the current run says of the whole base."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mainstay.people.permissions import Scope, can, scope
from mainstay.shared.templatetags.figures import day, money_round, number, percent
from mainstay.value import queries
from mainstay.value.forms import StartForm
from mainstay.value.models import CustomerValue, ValueRun

from . import charts, words
from .changes import Changes, changes
from .charts import Chart
from .explained import Tile, cards, currency, tiles
from .sentences import translated

SHADES = 6  # of the RFM grid


@dataclass(frozen=True)
class Cell:
    """One cell of the RFM grid."""

    customers: int
    share: str
    shade: int
    url: str


@dataclass(frozen=True)
class Row:
    """One line of a table: a name with its tone and link, then figures."""

    name: str
    url: str
    tone: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ModelFit:
    """A fitted model with its parameters, ready to read."""

    name: str
    n: str
    log_likelihood: str
    note: str
    parameters: list[tuple[str, str, str, str]]  # letter, meaning, value, interval


@dataclass(frozen=True)
class Overview:
    """Everything on the page; `run` is None until the first run is complete."""

    run: ValueRun | None
    latest: ValueRun | None
    form: StartForm | None
    may_run: bool
    tiles: list[Tile]
    pareto: Chart | None
    clv: Chart | None
    tracking: Chart | None
    classes: list[Row]
    segments: list[Row]
    grid: list[tuple[int, list[Cell]]]
    at_risk: list[CustomerValue]
    back_test: list[Row]
    back_test_words: str
    models: list[ModelFit]
    left_out: list[Row]
    cannot: list[tuple[str, str]]
    latest_state: str
    latest_reason: str
    narrowed: bool
    explained: dict[str, dict[str, str]]
    changes: Changes | None
    currency: str


def overview(*, user: Any, now: datetime) -> Overview:
    """Return the page for the current run, with what the user may see and do."""
    may_run = can(user, "value.run")
    money = can(user, "money.view")
    today, run, latest = localdate(now), queries.current_run(), queries.latest_run()
    outcome = queries.outcome(latest, now=now) if latest else ("", "")
    full = run is not None and run.summary["n"] > 0
    return Overview(
        run=run,
        latest=latest,
        form=StartForm(today=today) if may_run else None,
        may_run=may_run,
        tiles=tiles(run, money=money) if run and full else [],
        pareto=charts.pareto(run) if run and full and run.summary["total_minor"] else None,
        clv=charts.clv(run) if run and full and money else None,
        tracking=charts.tracking(run) if run and full else None,
        classes=_classes(run) if run and full else [],
        segments=_segments(run) if run and full else [],
        grid=_grid(run) if run and full else [],
        at_risk=list(queries.at_risk(run, user=user)) if run and full else [],
        back_test=_back_test(run) if run and full else [],
        back_test_words=_back_test_words(run) if run and full else "",
        models=_models(run) if run and full else [],
        left_out=_left_out(run) if run else [],
        cannot=_cannot(run),
        latest_state=str(outcome[0]),
        latest_reason=translated(outcome[1]),
        explained=cards(run) if run and full else {},
        narrowed=scope(user) != Scope.ALL,
        changes=changes(run, money=money) if run and full else None,
        currency=currency(run) if run else "",
    )


def _cannot(run: ValueRun | None) -> list[tuple[str, str]]:
    """Return what could not be computed, and why."""
    reasons = run.summary["cannot"] if run else []
    unit = currency(run) if run else ""
    return [(str(words.CANNOT[c["what"]]), translated(c["why"], currency=unit)) for c in reasons]


def customers_url(**filters: Any) -> str:
    """Return the address of the customer list under these filters."""
    return f"{reverse('customers:list')}?{urlencode(filters)}"


def _classes(run: ValueRun) -> list[Row]:
    n, total = run.summary["n"], run.summary["total_minor"] or 1
    return [
        Row(
            row["abc_class"],
            customers_url(abc_class=row["abc_class"]),
            {"A": "blue", "B": "sky"}.get(row["abc_class"], "neutral"),
            (
                number(row["customers"]),
                percent(row["customers"] / n),
                money_round(row["revenue_minor"], currency(run)),
                percent(row["revenue_minor"] / total),
                money_round(row["least_minor"], currency(run)),
            ),
        )
        for row in run.summary["classes"]
    ]


def _segments(run: ValueRun) -> list[Row]:
    n = run.summary["n"]
    return [
        Row(
            str(words.SEGMENTS[row["segment"]]),
            customers_url(segment=row["segment"]),
            words.SEGMENT_TONES.get(row["segment"], "neutral"),
            (
                number(row["customers"]),
                percent(row["customers"] / n),
                money_round(row["revenue_minor"], currency(run)),
            ),
        )
        for row in run.summary["segments"]
    ]


def _grid(run: ValueRun) -> list[tuple[int, list[Cell]]]:
    """Return the rows of recency score 5 to 1, each with the cells of frequency score 1 to 5."""
    n = run.summary["n"]
    found = {(row["r"], row["f"]): row["customers"] for row in run.summary["grid"]}
    most = max(found.values(), default=1)

    def cell(r: int, f: int) -> Cell:
        count = found.get((r, f), 0)
        shade = 0 if not count else 1 + round((SHADES - 2) * count / most)
        return Cell(count, percent(count / n, 1), shade, customers_url(r=r, f=f))

    return [(r, [cell(r, f) for f in range(1, 6)]) for r in range(5, 0, -1)]


def _back_test(run: ValueRun) -> list[Row]:
    tested = run.summary["back_test"]
    if not tested:
        return []
    names = {"x / T": _("Each customer goes on as before (x / T)")}
    return [
        Row(
            names.get(row["model"], row["model"]),
            "",
            "",
            (
                number(row["predicted"]),
                number(row["actual"]),
                percent(row["bias"] / 100, 1) if row["bias"] is not None else "–",
                number(row["mae"], 2),
                number(row["rmse"], 2),
            ),
        )
        for row in tested["errors"]
    ]


def _back_test_words(run: ValueRun) -> str:
    tested = run.summary["back_test"]
    if not tested:
        return ""
    text = _(
        "Fitted on purchases up to %(split)s, then compared with the %(days)s days that followed,"
        " for %(n)s customers. %(covered)s of them ended within their %(level)s interval."
    )
    return text % {
        "split": day(date.fromisoformat(tested["split"])),
        "days": tested["days"],
        "n": number(tested["customers"]),
        "covered": percent(tested["covered"]),
        "level": percent(tested["level"]),
    }


def _models(run: ValueRun) -> list[ModelFit]:
    return [_model(fit) for fit in run.summary["models"].values() if fit]


def _model(fit: dict[str, Any]) -> ModelFit:
    def interval(p: dict[str, Any]) -> str:
        if p["low"] is None:
            return _("not identified")
        return f"{number(p['low'], 3)} – {number(p['high'], 3)}"

    return ModelFit(
        fit["name"],
        number(fit["n"]),
        number(fit["log_likelihood"], 1),
        translated(fit["note"]),
        [
            (
                p["name"],
                str(words.PARAMETERS[p["name"]]),
                number(p["value"], 3),
                interval(p),
            )
            for p in fit["parameters"]
        ],
    )


def _left_out(run: ValueRun) -> list[Row]:
    counts, unit = run.summary["counts"], str(run.summary["parameters"]["currency"])
    rows = [
        Row(
            str(name),
            "",
            "",
            (number(counts[f"{key}_lines"]), money_round(counts[f"{key}_minor"], unit)),
        )
        for key, name in words.LEFT_OUT.items()
        if counts.get(f"{key}_lines")
    ]
    if n := counts.get("without_purchase_customers"):
        amount = money_round(counts["without_purchase_amount_minor"], unit)
        rows.append(Row(_("Customers with returns only"), "", "", (number(n), amount)))
    return rows
