"""The page of renewals: how many renew, how long customers stay, what goes with leaving."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mainstay.analysis import charts_of_losses
from mainstay.people.permissions import can
from mainstay.people.queries import company
from mainstay.shared.templatetags.figures import day, money_round, money_short, number, percent
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import Tile, customers_counted
from mainstay.value.presenters.sentences import translated
from mainstay.value.queries import current_part, current_run

from .stage import KEY

FEW = 30  # customers under whom counts are shown and no rates
TABLE_ROWS = 24
STEADY = 0.01  # p-value under which a ratio is said to change over time


@dataclass(frozen=True)
class Row:
    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Everything on the page; `part` is None where no run has followed contracts."""

    part: Any
    run: Any = None
    few: bool = False
    tiles: list[Tile] = field(default_factory=list)
    rates: Chart | None = None
    stay: Chart | None = None
    effects: list[Row] = field(default_factory=list)
    notes: dict[str, str] = field(
        default_factory=dict
    )  # by model: its note, or why it is not there


def page(user: Any) -> Page:
    """Return the page for the current run."""
    part = current_part(KEY)
    if part is None:
        return Page(None, run=current_run())
    told = part.content
    few = told["customers"] < FEW
    return Page(
        part,
        run=part.run,
        few=few,
        tiles=_tiles(part, few=few, money=can(user, "money.view")),
        rates=_rates(told),
        stay=_stay(told),
        effects=[] if few or "why" in told["cox"] else _effects(told["cox"]),
        notes={name: _note(told[name]) for name in ("sbg", "stay", "cox")},
    )


def _note(told: dict[str, Any]) -> str:
    """Return what a model says of itself, or why it could not be fitted."""
    if told.get("few"):
        return _("Fewer than 10 losses for each influence: take the ratios as hints, not findings.")
    return translated(told.get("why") or told.get("note", ""))


def _span(found: dict[str, float], show: Any) -> str:
    return _("%(low)s to %(high)s") % {"low": show(found["low"]), "high": show(found["high"])}


def _share(value: float) -> str:
    return percent(value, 1)


def _tiles(part: Any, *, few: bool, money: bool) -> list[Tile]:
    told = part.content
    facts = {"n": customers_counted(told["customers"]), "as_of": day(part.run.as_of)}
    method = _("Contracts that follow each other within %(days)s days are one relation.")
    counted = facts | {"method": method % {"days": number(told["grace_days"])}}
    hint = _("%(n)s of them have left") % {"n": number(told["gone"])}
    label = _("Customers with contracts")
    found = [Tile(label, number(told["customers"]), "scroll-text", hint, counted)]
    if few or "why" in told["sbg"]:
        return found
    level = percent(told["level"])
    found += [_first(told, facts, level), *_median(told, facts, level)]
    if told["sbg"]["ahead"]:
        found += _ahead(told["sbg"]["ahead"], facts, level, money=money)
    return found


def _interval(level: str, span: str) -> str:
    return _("%(level)s: %(span)s") % {"level": level, "span": span}


def _first(told: dict[str, Any], facts: dict[str, str], level: str) -> Tile:
    observed = told["sbg"]["observed"][0]
    span = _span(observed, _share)
    counts = {"kept": number(observed["kept"]), "n": number(observed["at_risk"])}
    more = {
        "method": _("Customers who renewed their first contract ÷ all who came to that renewal."),
        "inputs": _("%(kept)s of %(n)s") % counts,
        "interval": _("%(level)s: %(span)s (Wilson)") % {"level": level, "span": span},
    }
    return Tile(_("First renewal"), _share(observed["share"]), "repeat", span, facts | more)


def _median(told: dict[str, Any], facts: dict[str, str], level: str) -> list[Tile]:
    if "why" in told["stay"]:
        return []
    median, (low, high) = told["stay"]["median"], told["stay"]["median_ends"]
    if median is None:
        longest = told["stay"]["points"][-1]["times"]
        value, span = (
            _("over %(n)s months") % {"n": number(longest)},
            _("fewer than half have left"),
        )
    else:
        value = _("%(n)s months") % {"n": number(median)}
        ends = {"low": number(low), "high": number(high) if high is not None else "∞"}
        span = _("%(low)s to %(high)s") % ends
    more = {
        "method": _("Time by which half of the customers have left, by Kaplan–Meier."),
        "interval": _interval(level, span) if median is not None else "",
    }
    return [Tile(_("Half have left after"), value, "calendar-clock", span, facts | more)]


def _ahead(ahead: dict[str, Any], facts: dict[str, str], level: str, *, money: bool) -> list[Tile]:
    span = _span(ahead["renewed"], number)
    method = _(
        "Contracts that end in the 365 days after the run's day, each with the chance of its"
        " renewal by the shifted-beta-geometric model (sBG)."
    )
    more = facts | {"n": customers_counted(ahead["ending"]), "method": method}
    hint = _("of %(n)s that end in 12 months") % {"n": number(ahead["ending"])}
    told = more | {"interval": _interval(level, span)}
    label = _("Renewals expected")
    tiles: list[Tile] = [Tile(label, number(ahead["renewed"]["value"]), "rotate-cw", hint, told)]
    if money:
        unit = company().currency
        lost = ahead["lost_minor"]
        span = _span(lost, lambda value: money_short(value, unit))
        amount = _("%(amount)s a year end in 12 months")
        told = more | {
            "interval": _interval(level, span),
            "inputs": amount % {"amount": money_round(ahead["yearly_minor"], unit)},
        }
        value = money_short(lost["value"], unit)
        tiles.append(Tile(_("Yearly amount at risk"), value, "banknote-x", span, told))
    return tiles


def _rates(told: dict[str, Any]) -> Chart | None:
    """Return the renewal rate by renewal, observed beside the model's, with the forecast."""
    if "why" in told["sbg"]:
        return None
    series = {"observed": _("Observed"), "model": _("Model, with forecast")}
    observed = {int(row["renewal"]): row for row in told["sbg"]["observed"]}
    curve = told["sbg"]["curve"]
    points = [
        {
            "time": int(row["renewal"]),
            "series": series["model"],
            "share": row["retention"],
            "low": row["retention_low"],
            "high": row["retention_high"],
        }
        for row in curve
    ]
    points += [
        {"time": place, "series": series["observed"], "share": row["share"]}
        for place, row in observed.items()
    ]
    labels = {"time": _("Renewal"), "share": _("Share that renews")}
    columns = [labels["time"], _("Came to it"), series["observed"], _("95% interval")]
    columns += [series["model"], _("95% interval")]
    text = _(
        "Of those who come to a renewal, how many renew: as observed, and by the"
        " shifted-beta-geometric model (sBG) with its 95% band, which goes on where nobody has"
        " been."
    )
    spec = charts_of_losses.survival(points, labels=labels)
    rows = [_rate(row, observed.get(int(row["renewal"]))) for row in curve]
    return Chart(_("Renewal rate"), text, spec, columns, rows)


def _rate(row: dict[str, Any], seen: dict[str, Any] | None) -> list[str]:
    ends = {"low": row["retention_low"], "high": row["retention_high"]}
    real = [number(seen["at_risk"]), _share(seen["share"]), _span(seen, _share)] if seen else []
    told = real or ["0", "–", "–"]
    return [number(row["renewal"]), *told, _share(row["retention"]), _span(ends, _share)]


def _stay(told: dict[str, Any]) -> Chart | None:
    """Return how long customers stay, without a model."""
    if "why" in told["stay"]:
        return None
    points = [{"times": 0.0, "survival": 1.0, "low": 1.0, "high": 1.0, "at_risk": 0}]
    points[0]["at_risk"] = told["customers"]
    points += told["stay"]["points"]
    name = _("Still with us")
    drawn = [
        {
            "time": row["times"],
            "series": name,
            "share": row["survival"],
            "low": row["low"],
            "high": row["high"],
        }
        for row in points
    ]
    labels = {"time": _("Months since the first contract"), "share": _("Share still with us")}
    every = max(1, len(points) // TABLE_ROWS)
    rows = [
        [number(r["times"]), number(r["at_risk"]), _share(r["survival"]), _span(r, _share)]
        for r in points[::every]
    ]
    text = _("Kaplan–Meier: what was observed, with its 95% band, and no model behind it.")
    columns = [labels["time"], _("Observed so long"), labels["share"], _("95% interval")]
    spec = charts_of_losses.survival(drawn, labels=labels, steps=True)
    return Chart(_("How long customers stay"), text, spec, columns, rows)


def _effects(told: dict[str, Any]) -> list[Row]:
    names = {
        "amount": _("Twice the amount a year"),
        "length": _("A first contract one year longer"),
    }
    return [
        Row(
            names[key],
            (
                number(effect["ratio"], 2),
                _("%(low)s to %(high)s")
                % {"low": number(effect["low"], 2), "high": number(effect["high"], 2)},
                _verdict(effect),
            ),
        )
        for key, effect in told["effects"].items()
    ]


def _verdict(effect: dict[str, float]) -> str:
    if effect["low"] <= 1 <= effect["high"]:
        return _("no difference beyond chance")
    text = _("they leave sooner") if effect["ratio"] > 1 else _("they stay longer")
    if effect["proportional_p"] < STEADY:
        return _("%(found)s, on average: the ratio changes over time") % {"found": text}
    return text
