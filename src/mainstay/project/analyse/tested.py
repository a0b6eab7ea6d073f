"""Sections that let the reader judge the forecast: back-test and fitted models."""

import math
from html import escape
from typing import Any

from mainstay.analysis import charts
from mainstay.project.analyse.drawn import draw
from mainstay.project.analyse.html import Html, figure, folded, paragraph, section, table
from mainstay.project.analyse.language import as_written, day, ngettext, number, percent
from mainstay.project.analyse.language import gettext as _
from mainstay.project.analyse.sections import how
from mainstay.project.analyse.wording import METHODS, Money, count, sentence

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
            number(error["mae"], 3),
            number(error["rmse"], 3),
        ]
        for error in tested["errors"]
    ]
    heads = [_("Forecast"), _("Purchase days"), _("Off by"), _("Mean error")]
    return section(
        "test",
        _("How good is the forecast?"),
        paragraph(_asked(tested), _verdict(tested["errors"][0]["bias"]), _covered(tested)),
        '<div class="columns">',
        _tracking(tested),
        f"<div>{table([*heads, _('Root mean square')], rows)}"
        f"{_money(tested, Money.of(summary))}{_groups(tested)}{how('back_test')}</div></div>",
    )


def _asked(tested: dict[str, Any]) -> str:
    text = ngettext(
        "Fitted on the %(n)s customer known on %(day)s, the models forecast the %(days)s days after"
        " it, which are known too: %(actual)s purchase days.",
        "Fitted on the %(n)s customers known on %(day)s, the models forecast the %(days)s days"
        " after it, which are known too: %(actual)s purchase days.",
        tested["customers"],
    )
    return text % {
        "n": count(tested["customers"]),
        "day": day(tested["split"]),
        "days": count(tested["days"]),
        "actual": count(tested["actual"]),
    }


def _covered(tested: dict[str, Any]) -> str:
    text = _("The %(level)s intervals held what %(share)s of customers then did.")
    return text % {"level": percent(tested["level"]), "share": percent(tested["covered"])}


def _groups(tested: dict[str, Any]) -> Html:
    """Show forecast and outcome of customers by how often they had bought again before."""
    last = tested["groups"][-1]["frequency"] if tested["groups"] else 0
    rows = [
        [
            _last(group) if group["frequency"] == last else count(group["frequency"]),
            count(group["n"]),
            number(group["predicted"], 2),
            number(group["actual"], 2),
        ]
        for group in tested["groups"]
    ]
    heads = [
        _("Repeat purchase days before"),
        _("Customers"),
        _("Forecast each"),
        _("Actual each"),
    ]
    return folded(_("By how often customers had bought"), table(heads, rows))


def _last(group: dict[str, Any]) -> str:
    return _("%(n)s or more") % {"n": count(group["frequency"])}


def _signed(part: float | None) -> str:
    return "–" if part is None else percent(part / 100, 1, sign="+")


def _verdict(bias: float | None) -> str:
    if bias is None:
        return _("Nobody bought again, so shares of error cannot be given.")
    if abs(bias) <= NOTABLE:
        return _("The total was off by %(share)s.") % {"share": percent(abs(bias) / 100, 1)}
    low = _(
        "The total came out %(share)s too low. Expect the forecasts here to be off by as much:"
        " these models know neither season nor growth."
    )
    high = _(
        "The total came out %(share)s too high. Expect the forecasts here to be off by as much:"
        " these models know neither season nor growth."
    )
    return (low if bias < 0 else high) % {"share": percent(abs(bias) / 100)}


def _tracking(tested: dict[str, Any]) -> Html:
    series = {_("Actual"): "actual", _("Forecast"): "forecast"}
    points = [
        {"day": point["day"], "series": word, "purchases": point[key]}
        for word, key in series.items()
        for point in tested["tracking"]
    ]
    labels = {"day": _("Day"), "purchases": _("Repeat purchase days so far")}
    spec = charts.tracking(points, ends=tested["split"], labels=labels)
    numbers = table(
        [_("Day"), _("Actual"), _("Forecast")],
        [
            [day(p["day"]), count(p["actual"]), count(p["forecast"])]
            for p in tested["tracking"][::5]
        ],
    )
    return figure(
        draw(spec, title=_("Purchases, actual and forecast")),
        _("Left of the dashed line the models were fitted; right of it they forecast."),
        numbers,
    )


def _money(tested: dict[str, Any], money: Money) -> Html:
    forecast = tested["revenue_forecast_minor"]
    if forecast is None:
        return Html()
    actual = tested["revenue_actual_minor"]
    off = _signed(100 * (forecast / actual - 1)) if actual > 0 else "–"
    told = _(
        "Revenue: %(forecast)s forecast, %(actual)s came, %(off)s. Revenue counts returns of"
        " earlier purchases too."
    )
    return paragraph(told % {"forecast": money(forecast), "actual": money(actual), "off": off})


def models(summary: Summary) -> Html:
    """Show the fitted models with their errors."""
    money = Money.of(summary)
    fitted = [model for model in (summary.get("models") or {}).values() if model]
    parts = [_model(model, money) for model in fitted]
    return section("models", _("The models behind the forecast"), *parts) if parts else Html()


def _model(model: dict[str, Any], money: Money) -> Html:
    rows = [
        [p["name"], _digits(p["value"]), _digits(p["error"]), _interval(p)]
        for p in model["parameters"]
    ]
    known = {"value": number(model["log_likelihood"], 1), "n": count(model["n"])}
    likelihood = ngettext(
        "Log-likelihood %(value)s over %(n)s customer.",
        "Log-likelihood %(value)s over %(n)s customers.",
        model["n"],
    )
    method = METHODS.get(model["name"], "")
    note = sentence(model["note"], money) if model["note"] else ""
    heads = [_("Parameter"), _("Value"), _("Standard error"), _("95 % interval")]
    return Html(
        f"<h3>{escape(model['name'])}</h3>"
        + paragraph(_(method) if method else "", likelihood % known, _correlation(model))
        + (Html(f'<p class="note">{escape(note)}</p>') if note else "")
        + table(heads, rows)
    )


def _correlation(model: dict[str, Any]) -> str:
    if not (link := model.get("correlation")):
        return ""
    text = _(
        "Spend and frequency correlate by %(r)s (%(low)s to %(high)s); the model assumes that they"
        " do not."
    )
    return text % {name: number(link[name], 2) for name in ("r", "low", "high")}


def _interval(parameter: dict[str, Any]) -> str:
    ends = {"low": _digits(parameter["low"]), "high": _digits(parameter["high"])}
    return _("%(low)s to %(high)s") % ends


def _digits(value: float | None) -> str:
    if value is None or not math.isfinite(value):
        return "–"
    return as_written(f"{value:.4g}")
