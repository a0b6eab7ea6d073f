"""What a run found of losses as plain values, for programs: the API and the command."""

from datetime import date
from typing import Any

from mainstay.analysis.numerics.intervals import Estimate
from mainstay.analysis.value import churn_rates, retention
from mainstay.value.models import RetentionCase, RunPart
from mainstay.value.queries import current_part, of_summary

from . import money, queries
from .rules import POINTS_CLAIMED
from .stage import KEY

POINTS = (0.01, 0.02, POINTS_CLAIMED)


def current(*, may_see_money: bool) -> dict[str, Any] | None:
    """Return everything about losses in the current run; None until one has counted."""
    part = current_part(KEY)
    if part is None:
        return None
    told: dict[str, Any] = {
        "run_id": part.run_id,
        "as_of": part.run.as_of,
        "rule": part.content["rule"],
        "cannot": part.content.get("cannot", ""),
    }
    if told["cannot"]:
        return told
    summary = of_summary(part.run_id, "margin", "parameters")
    found = money.year(part.content, summary["parameters"])
    told |= {
        "year": _year(part, found),
        "months": [_month(row, may_see_money) for row in part.content["months"]],
        "reasons": reasons(part, may_see_money=may_see_money),
    }
    if may_see_money:
        share = float(summary["margin"]["share"])
        told |= {"cost": _cost(found, share), "gains": gains(part, summary["parameters"])}
    return told


def _year(part: RunPart, found: money.Year) -> dict[str, Any]:
    row = part.content["year"]
    names = ("start", "end", "customers", "lost", "back")
    return {name: row[name] for name in names} | {"churn_rate": interval(found.rate, money.LEVEL)}


def _month(row: dict[str, Any], may_see_money: bool) -> dict[str, Any]:
    rate = churn_rates.rate(row["lost"] - row["short"], row["customers"], level=money.LEVEL)
    names = ("month", "customers", "lost", "came_back", "returned", "provisional")
    told = {name: row[name] for name in names}
    told |= {"churn_rate": interval(rate, money.LEVEL)}
    return told | ({"lost_minor": row["lost_minor"]} if may_see_money else {})


def reasons(part: RunPart, *, may_see_money: bool) -> list[dict[str, Any]]:
    """Return how many of the twelve months' losses have which reason."""
    year = part.content["year"]
    start, end = (date.fromisoformat(year[name]) for name in ("start", "end"))
    names = queries.reasons(archived=True)
    return [
        {"key": key, "name": names.get(key, ""), "lost": n}
        | ({"lost_minor": minor} if may_see_money else {})
        for key, (n, minor) in queries.by_reason(part.run, since=start, until=end).items()
    ]


def _cost(found: money.Year, margin: float) -> dict[str, Any]:
    both = money.formulas(found, margin=margin)
    return {
        "lost_times_value_minor": round(both.lost_times_value),
        "lifetime_minor": round(both.lifetime),
        "margin": both.margin,
        "lifetime_times_churn_minor": round(both.lifetime_times_churn),
        "lifetime_lost_minor": round(found.lifetime_minor),
        "years": found.years,
        "discount_rate": found.discount_rate,
    }


def gains(part: RunPart, policy: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what points of retention are worth here; nothing where it cannot be computed."""
    worth = money.worth(part.content, policy)
    if worth is None:
        return []
    found = [
        (share, retention.gain_with_interval(worth.base, share, level=money.GAIN_LEVEL))
        for share in POINTS
    ]
    return [
        {
            "points": share,
            "worth_minor": interval(gain, money.GAIN_LEVEL, places=0),
            "share_of_all": gain.value / worth.whole,
        }
        for share, gain in found
    ]


def weighed(case: RetentionCase | retention.Case) -> dict[str, Any] | None:
    """Return whether a case pays; None where no run allows to say so."""
    part = current_part(KEY)
    if part is None or "year" not in part.content:
        return None
    worth = money.worth(part.content, of_summary(part.run_id, "parameters")["parameters"])
    if worth is None:
        return None
    if isinstance(case, RetentionCase):
        case = money.terms_of(case)
    answer = retention.evaluate(case, worth.base)
    return {
        "as_of": part.run.as_of,
        "customers": int(worth.base.customers),
        "years": worth.base.years,
        "cost_minor": round(answer.cost),
        "gain_minor": _range(answer.gain),
        "net_minor": _range(answer.net),
        "break_even_points": answer.break_even,
    }


def interval(found: Estimate | None, level: float, places: int = 6) -> dict[str, Any] | None:
    return None if found is None else _range(found, places) | {"level": level}


def _range(found: Estimate, places: int = 0) -> dict[str, Any]:
    ends = {"value": found.value, "low": found.low, "high": found.high}
    return {name: round(end, places or None) for name, end in ends.items()}
