"""Charts of a run with the tables behind them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mainstay.analysis import charts
from mainstay.shared import money as amounts
from mainstay.shared.templatetags.figures import day, money_round, number, percent
from mainstay.value.models import ValueRun

from .addresses import customers_url
from .explained import currency

CURVE_ROWS = 10


@dataclass(frozen=True)
class Chart:
    """A chart, its words, and the table behind it."""

    title: str
    description: str
    spec: dict[str, Any]
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def table(self) -> dict[str, Any]:
        return {"columns": self.columns, "rows": self.rows}


def pareto(run: ValueRun) -> Chart:
    """Return the Pareto curve with the class bounds."""
    n, policy = run.summary["n"], run.summary["parameters"]
    bounds = [policy["abc_a"], policy["abc_b"]]
    points = [
        {
            "customers": row["revenue_rank"] / n,
            "revenue": row["revenue_share_cum"],
            "href": customers_url(abc_class=_class_at(row["revenue_share_cum"], bounds)),
        }
        for row in run.summary["curve"]
    ]
    origin = [{"customers": 0.0, "revenue": 0.0, "href": points[0]["href"]}] if points else []
    labels = {"customers": _("Share of customers"), "revenue": _("Share of revenue")}
    every = max(1, len(points) // CURVE_ROWS)
    shown = points[every - 1 :: every]
    return Chart(
        _("Pareto curve"),
        _(
            "How much of the revenue the largest customers bring; dashed lines end classes A and B."
            " Click a point for the customers of its class."
        ),
        charts.pareto(origin + points, abc=bounds, labels=labels),
        list(labels.values()),
        [[percent(p["customers"], 1), percent(p["revenue"], 1)] for p in shown],
    )


def _class_at(share: float, bounds: list[float]) -> str:
    return next((name for name, end in zip("AB", bounds, strict=True) if share <= end), "C")


def clv(run: ValueRun) -> Chart | None:
    """Return the distribution of customer lifetime value."""
    found = run.summary.get("clv")
    if not found:
        return None
    unit = currency(run)
    scale = float(10 ** amounts.digits(unit))
    last = found["bins"][-1]
    bins = [
        {
            "low": b["low"] / scale,
            "high": b["high"] / scale,
            "n": b["n"],
            "href": customers_url(**_worth(b["low"], None if b is last else b["high"], scale)),
        }
        for b in found["bins"]
    ]
    labels = {"value": _("Lifetime value in %(unit)s") % {"unit": unit}, "count": _("Customers")}
    words = _("Each bar begins where its number says; the last one holds the %(n)s above it too.")
    return Chart(
        _("Distribution of customer lifetime value"),
        words % {"n": number(found["above"])},
        charts.histogram(bins, labels=labels),
        [_("From"), _("To"), _("Customers")],
        [
            [money_round(b["low"], unit), money_round(b["high"], unit), number(b["n"])]
            for b in found["bins"]
        ],
    )


def _worth(low: float, high: float | None, scale: float) -> dict[str, str]:
    """Return the filters of customers worth so much; the list counts in whole units."""
    ends = {"clv_from": low, "clv_to": high}
    shown = {name: f"{end / scale:.10g}" for name, end in ends.items() if end is not None}
    return {**shown, "sort": "clv"}


def tracking(run: ValueRun) -> Chart | None:
    """Return cumulative repeat purchases, actual beside forecast."""
    tested = run.summary.get("back_test")
    if not tested:
        return None
    names = {"actual": _("Actual"), "forecast": _("Forecast")}
    points = [
        {"day": row["day"], "series": name, "purchases": row[key]}
        for row in tested["tracking"]
        for key, name in names.items()
    ]
    labels = {"day": _("Day"), "purchases": _("Repeat purchases so far")}
    every = max(1, len(tested["tracking"]) // CURVE_ROWS)
    return Chart(
        _("Forecast beside what happened"),
        _("The dashed line is the day up to which the model was fitted."),
        charts.tracking(points, ends=tested["split"], labels=labels),
        [labels["day"], *names.values()],
        [
            [day(date.fromisoformat(row["day"])), number(row["actual"]), number(row["forecast"])]
            for row in tested["tracking"][every - 1 :: every]
        ],
    )
