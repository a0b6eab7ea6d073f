"""Sections that let the reader judge the forecast: back-test and fitted models."""

import math
from typing import Any

from mainstay.analysis import charts
from mainstay.analysis.drawing import draw
from mainstay.project.analyse.html import Html, figure, folded, paragraph, section, table
from mainstay.project.analyse.wording import METHODS, Money, count

Summary = dict[str, Any]
NOTABLE = 10  # per cent; a total that is off by more than this is called out


def back_test(summary: Summary) -> Html:
    """Show what the models would have forecast for a period that is already known."""
    tested = summary.get("back_test")
    if not tested:
        return Html()
    rows = [
        [
            error["model"],
            count(error["predicted"]),
            _signed(error["bias"]),
            f"{error['mae']:.3f}",
            f"{error['rmse']:.3f}",
        ]
        for error in tested["errors"]
    ]
    heads = ["Forecast", "Purchase days", "Off by", "Mean error", "Root mean square"]
    return section(
        "test",
        "How good is the forecast?",
        paragraph(
            f"Fitted on the {count(tested['customers'])} customers known on {tested['split']},"
            f" the models forecast the {tested['days']} days after it, which are known too:"
            f" {count(tested['actual'])} purchase days.",
            _verdict(tested["errors"][0]["bias"]),
            f"The {tested['level']:.0%} intervals held what {tested['covered']:.0%} of customers"
            " then did.",
        ),
        '<div class="columns">',
        _tracking(tested),
        f"<div>{table(heads, rows)}{_money(tested, Money.of(summary))}{_groups(tested)}"
        f"{folded('How this is computed', paragraph(METHODS['back_test']))}</div></div>",
    )


def _groups(tested: dict[str, Any]) -> Html:
    """Show forecast and outcome of customers by how often they had bought again before."""
    last = tested["groups"][-1]["frequency"] if tested["groups"] else 0
    rows = [
        [
            f"{group['frequency']}{' or more' if group['frequency'] == last else ''}",
            count(group["n"]),
            f"{group['predicted']:.2f}",
            f"{group['actual']:.2f}",
        ]
        for group in tested["groups"]
    ]
    heads = ["Repeat purchase days before", "Customers", "Forecast each", "Actual each"]
    return folded("By how often customers had bought", table(heads, rows))


def _signed(part: float | None) -> str:
    return "–" if part is None else f"{part:+.1f} %".replace("-", "\u2212")


def _verdict(bias: float | None) -> str:
    if bias is None:
        return "Nobody bought again, so shares of error cannot be given."
    if abs(bias) <= NOTABLE:
        return f"The total was off by {abs(bias):.1f} %."
    way = "low" if bias < 0 else "high"
    return (
        f"The total came out {abs(bias):.0f} % too {way}. Expect the forecasts here to be off"
        " by as much: these models know neither season nor growth."
    )


def _tracking(tested: dict[str, Any]) -> Html:
    series = {"Actual": "actual", "Forecast": "forecast"}
    points = [
        {"day": point["day"], "series": word, "purchases": point[key]}
        for word, key in series.items()
        for point in tested["tracking"]
    ]
    labels = {"day": "Day", "purchases": "Repeat purchase days so far"}
    spec = charts.tracking(points, ends=tested["split"], labels=labels)
    numbers = table(
        ["Day", "Actual", "Forecast"],
        [[p["day"], count(p["actual"]), count(p["forecast"])] for p in tested["tracking"][::5]],
    )
    return figure(
        draw(spec, title="Purchases, actual and forecast"),
        "Left of the dashed line the models were fitted; right of it they forecast.",
        numbers,
    )


def _money(tested: dict[str, Any], money: Money) -> Html:
    forecast = tested["revenue_forecast_minor"]
    if forecast is None:
        return Html()
    actual = tested["revenue_actual_minor"]
    off = _signed(100 * (forecast / actual - 1)) if actual > 0 else "–"
    return paragraph(
        f"Revenue: {money(forecast)} forecast, {money(actual)} came, {off}."
        " Revenue counts returns of earlier purchases too."
    )


def models(summary: Summary) -> Html:
    """Show the fitted models with their errors."""
    parts = [_model(model) for model in (summary.get("models") or {}).values() if model]
    return section("models", "The models behind the forecast", *parts) if parts else Html()


def _model(model: dict[str, Any]) -> Html:
    rows = [
        [
            p["name"],
            _digits(p["value"]),
            _digits(p["error"]),
            f"{_digits(p['low'])} to {_digits(p['high'])}",
        ]
        for p in model["parameters"]
    ]
    likelihood = (
        f"Log-likelihood {model['log_likelihood']:,.1f} over {count(model['n'])} customers."
    )
    related = ""
    if link := model.get("correlation"):
        related = (
            f"Spend and frequency correlate by {link['r']:.2f} ({link['low']:.2f} to"
            f" {link['high']:.2f}); the model assumes that they do not."
        )
    return Html(
        f"<h3>{model['name']}</h3>"
        + paragraph(METHODS.get(model["name"], ""), likelihood.replace(",", "\u202f"), related)
        + (Html(f'<p class="note">{model["note"]}</p>') if model["note"] else "")
        + table(["Parameter", "Value", "Standard error", "95 % interval"], rows)
    )


def _digits(value: float | None) -> str:
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:.4g}"
