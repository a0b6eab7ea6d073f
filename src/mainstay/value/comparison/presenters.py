"""The page that shows how each model forecast the holdout."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mainstay.analysis import charts
from mainstay.shared.templatetags.figures import day, number, percent
from mainstay.value.presenters.charts import CURVE_ROWS, Chart
from mainstay.value.presenters.sentences import translated


@dataclass(frozen=True)
class Line:
    """One model or rule: its name, whether it is used or tied with the best, and its figures."""

    name: str
    calendar: bool
    used: bool
    tied: bool
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Everything on the page; without a comparison there is none."""

    run: Any
    words: str
    lines: list[Line]
    tracking: Chart
    calibration: Chart
    notes: list[str]


def page(run: Any) -> Page | None:
    """Return the page for the current run; None where nothing was compared."""
    found = run.summary.get("comparison") if run else None
    if run is None or not found:
        return None
    used = next((m for m in found["models"] if m["name"] == found["used"]), found["models"][0])
    return Page(
        run,
        _words(found, used),
        [*(_line(model, found) for model in found["models"]), *map(_rule, found["rules"].items())],
        _tracking(found, used),
        _calibration(used),
        sorted({translated(one["why"]) for one in found["cannot"]}),
    )


def _words(found: dict[str, Any], used: dict[str, Any]) -> str:
    text = _(
        "Fitted on purchases up to %(split)s, then compared with the %(days)s days that followed,"
        " for %(n)s customers. %(covered)s of them ended within their %(level)s interval."
    )
    return text % {
        "split": day(date.fromisoformat(found["split"])),
        "days": found["days"],
        "n": number(found["n"]),
        "covered": percent(used["covered"]),
        "level": percent(found["level"]),
    }


def _line(model: dict[str, Any], found: dict[str, Any]) -> Line:
    score = number(model["log_score"], 4)
    behind = f"{number(model['behind'], 4)} ± {number(model['behind_error'], 4)}"
    interval = f"{number(model['low'])} – {number(model['high'])}"
    is_used = model["name"] == found["used"]
    figures = _figures(model, (score, behind), interval)
    return Line(model["title"], model["calendar"], is_used, model["tied"], figures)


def _rule(rule: tuple[str, dict[str, Any]]) -> Line:
    names = {
        "rate": _("Each customer goes on as before (x / T)"),
        "silent": _("So does each, but those silent for three of their own intervals have left"),
    }
    name, errors = rule
    return Line(names[name], False, False, False, _figures(errors, ("–", "–"), "–"))


def _figures(row: dict[str, Any], scores: tuple[str, str], interval: str) -> tuple[str, ...]:
    return (
        *scores,
        number(row["predicted"]),
        interval,
        number(row["actual"]),
        "–" if row["bias"] is None else percent(row["bias"] / 100, 1),
        number(row["mae"], 3),
        number(row["rmse"], 3),
    )


def _tracking(found: dict[str, Any], used: dict[str, Any]) -> Chart:
    track, names = found["tracking"], {"actual": _("Actual"), "forecast": _("Forecast")}
    curve = track["models"][used["name"]]
    ends = (curve["mean"], curve["low"], curve["high"])
    rows = list(zip(track["days"], track["actual"], *ends, strict=True))
    points: list[dict[str, Any]] = [
        {"day": d, "series": names["actual"], "purchases": actual} for d, actual, *_rest in rows
    ]
    points += [
        {"day": d, "series": names["forecast"], "purchases": mean, "low": low, "high": high}
        for d, _actual, mean, low, high in rows
    ]
    labels = {"day": _("Day"), "purchases": _("Repeat purchases so far")}
    every = max(1, len(rows) // CURVE_ROWS)
    return Chart(
        _("Forecast beside what happened"),
        _("The dashed line is the day up to which the model was fitted."),
        charts.tracking(points, ends=found["split"], labels=labels),
        [labels["day"], *names.values(), _("Interval")],
        [
            [day(date.fromisoformat(d)), number(a), number(m), f"{number(lo)} – {number(hi)}"]
            for d, a, m, lo, hi in rows[every - 1 :: every]
        ],
    )


def _calibration(used: dict[str, Any]) -> Chart:
    names = {"actual": _("Actual"), "predicted": _("Forecast")}
    groups = [(_group(one, used), one) for one in used["groups"]]
    rows = [
        {"group": group, "series": word, "amount": one[key]}
        for group, one in groups
        for key, word in names.items()
    ]
    labels = {"group": _("Repeat purchases before"), "amount": _("Purchases of each after")}
    return Chart(
        _("By how often customers had bought"),
        _("Mean purchases of each customer in the hold-out."),
        charts.side_by_side(rows, labels=labels),
        [labels["group"], _("Customers"), *names.values()],
        [
            [group, number(one["n"]), number(one["actual"], 2), number(one["predicted"], 2)]
            for group, one in groups
        ],
    )


def _group(one: dict[str, Any], used: dict[str, Any]) -> str:
    """Return the number of purchases; the last group holds all with that many or more."""
    last = one is used["groups"][-1] and one["frequency"] > 0
    return f"{one['frequency']}+" if last else str(one["frequency"])
