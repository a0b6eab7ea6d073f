"""What a run says of the whole base, as rows of tables."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent
from mainstay.value.models import ValueRun

from . import words
from .addresses import customers_url
from .explained import currency
from .sentences import translated

__all__ = [
    "Cell",
    "ModelFit",
    "Row",
    "back_test",
    "back_test_words",
    "cannot",
    "classes",
    "customers_url",
    "fits",
    "grid",
    "left_out",
    "segments",
]

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


def cannot(run: ValueRun | None) -> list[tuple[str, str]]:
    """Return what could not be computed, and why."""
    reasons = run.summary["cannot"] if run else []
    unit = currency(run) if run else ""
    return [(str(words.CANNOT[c["what"]]), translated(c["why"], currency=unit)) for c in reasons]


def classes(run: ValueRun) -> list[Row]:
    n, total = run.summary["n"], run.summary["total_minor"] or 1
    return [
        Row(
            row["abc_class"],
            customers_url(abc_class=row["abc_class"]),
            {"A": "blue", "B": "sky"}.get(row["abc_class"], "neutral"),
            (
                number(row["customers"]),
                percent(row["customers"] / n),
                money_short(row["revenue_minor"], currency(run)),
                percent(row["revenue_minor"] / total),
            ),
        )
        for row in run.summary["classes"]
    ]


def segments(run: ValueRun) -> list[Row]:
    n = run.summary["n"]
    return [
        Row(
            str(words.SEGMENTS[row["segment"]]),
            customers_url(segment=row["segment"]),
            words.SEGMENT_TONES.get(row["segment"], "neutral"),
            (
                number(row["customers"]),
                percent(row["customers"] / n),
                money_short(row["revenue_minor"], currency(run)),
            ),
        )
        for row in run.summary["segments"]
    ]


def grid(run: ValueRun) -> list[tuple[int, list[Cell]]]:
    """Return the rows of recency score 5 to 1, each with the cells of frequency score 1 to 5."""
    n = run.summary["n"]
    found = {(row["r"], row["f"]): row["customers"] for row in run.summary["grid"]}
    most = max(found.values(), default=1)

    def cell(r: int, f: int) -> Cell:
        count = found.get((r, f), 0)
        shade = 0 if not count else 1 + round((SHADES - 2) * count / most)
        return Cell(count, percent(count / n, 1), shade, customers_url(r=r, f=f))

    return [(r, [cell(r, f) for f in range(1, 6)]) for r in range(5, 0, -1)]


def back_test(run: ValueRun) -> list[Row]:
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


def back_test_words(run: ValueRun) -> str:
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


def fits(run: ValueRun | None) -> list[ModelFit]:
    """Return the fitted models of a run; none without one."""
    found = run.summary.get("models") or {} if run else {}
    return [_model(fit) for fit in found.values() if fit]


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


def left_out(run: ValueRun) -> list[Row]:
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
