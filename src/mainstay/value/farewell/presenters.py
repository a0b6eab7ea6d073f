"""What the pages of farewell and of effort show."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.customers import pages
from mainstay.customers.segments import asking, words
from mainstay.customers.segments import queries as segments
from mainstay.customers.segments.presenters import customers_url
from mainstay.people.permissions import can
from mainstay.people.queries import company
from mainstay.shared.templatetags.figures import day, money_round, number, percent
from mainstay.value.presenters.explained import Tile, explain

from . import queries
from .forms import FarewellForm


def proposal(user: Any, customer: int, *, now: datetime) -> dict[str, Any] | None:
    """Return why a customer is proposed, what is at stake and what was decided."""
    found = queries.row(user, customer)
    if found is None:
        return None
    return {
        "customer": found.customer,
        "customer_url": pages.url(customer),
        "tiles": _tiles(found, queries.value_of(customer)),
        "rules": reasons(customer, now=now),
        "decided": queries.decision_on(customer),
        "may_decide": can(user, "customers.edit"),
    }


def reasons(customer: int, *, now: datetime) -> list[dict[str, Any]]:
    """Return each rule with its conditions in words, and whether the customer meets them."""
    return [_rule(*each) for each in queries.reasons(customer, now=now)]


def _rule(rule: Any, proposing: list[Any], sparing: list[Any]) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "proposing": [_condition(*each) for each in proposing],
        "sparing": [_condition(*each) for each in sparing],
        "proposed_url": customers_url(rule.proposed),
        "proposed": rule.proposed,
        "spared": rule.spared,
    }


def _condition(node: Any, met: bool) -> dict[str, Any]:
    return {"says": words.capital(words.condition(node)), "met": met}


def _tiles(profit: Any, value: Any) -> list[Tile]:
    unit = profit.run.parameters["currency"]
    method = _("Gross margin less cost to serve, before unused capacity and general costs.")
    told = explain(profit.run, n=1, method=method)
    tiles = [
        Tile(
            _("Net profit in 12 months"),
            money_round(profit.net_profit_minor, unit),
            "scale",
            _("sales %(sales)s") % {"sales": money_round(profit.revenue_minor, unit)},
            told,
        ),
        Tile(_("Cost to serve"), money_round(profit.cost_to_serve_minor, unit), "truck", ""),
    ]
    if value is not None and value.clv_minor is not None:
        ends = {
            "low": money_round(value.clv_low_minor, unit),
            "high": money_round(value.clv_high_minor, unit),
        }
        interval = _("95%%: %(low)s to %(high)s") % ends
        tiles.append(Tile(_("CLV"), money_round(value.clv_minor, unit), "gem", interval))
    return tiles


def initial(customer: int) -> dict[str, Any]:
    row = queries.decision_on(customer)
    names = FarewellForm.base_fields
    return {name: getattr(row, name) for name in names} if row else {}


def above(user: Any) -> dict[str, Any]:
    """Return the rules, above the worklist."""
    return {
        "rules": [(rule, reverse("farewell:rule", args=[rule.pk])) for rule in queries.rules()],
        "may_change": can(user, "segments.admin"),
    }


def resources(user: Any, *, now: datetime) -> dict[str, Any]:
    """Return what each segment costs and brings beside its share of all."""
    whole, unit = queries.sums(user, None), company().currency
    rows = [_resource(segment, sums, whole, unit) for segment, sums in _sums(user, now)]
    rows.sort(key=lambda row: -row["tilt"])
    run = queries.profit_run()
    return {"rows": rows, "whole": _resource(None, whole, whole, unit), "run": run,
            "as_of": day(run.as_of) if run else ""}  # fmt: skip


def shares(user: Any, *, now: datetime) -> list[dict[str, Any]]:
    """Return the same as plain numbers, for programs."""
    whole = queries.sums(user, None)
    return [
        {
            "segment_id": segment.pk,
            "name": str(segment),
            **sums,
            "effort": _share(sums, whole, "service"),
            "worth": _share(sums, whole, "margin"),
        }
        for segment, sums in _sums(user, now)
    ]


def _sums(user: Any, now: datetime) -> list[Any]:
    on = asking.reckoning(now)
    return [
        (segment, queries.sums(user, segments.asked_of_customers(segment, on)))
        for segment in segments.by_name(user)
    ]


def _resource(segment: Any, sums: dict[str, Any], whole: dict[str, Any], unit: str) -> Any:
    effort, worth = _share(sums, whole, "service"), _share(sums, whole, "margin")
    return {
        "segment": segment,
        "url": customers_url(segment) if segment else "",
        "n": number(sums["n"]),
        **{name: money_round(sums[name], unit) for name in ("sales", "margin", "service", "net")},
        "loses": sums["net"] < 0,
        "effort": effort,
        "worth": worth,
        "effort_said": percent(effort, 1),
        "worth_said": percent(worth, 1),
        "tilt": effort - worth,
        "advice": _advice(effort, worth),
    }


def _share(sums: dict[str, Any], whole: dict[str, Any], name: str) -> float:
    return sums[name] / whole[name] if whole[name] > 0 else 0.0


LEAST, MUCH = 0.005, 1.25  # shares worth a word, and how far they must lie apart


def _advice(effort: float, worth: float) -> str:
    if max(effort, worth) < LEAST:
        return ""
    if effort > worth * MUCH:
        return _("takes more than it brings")
    if worth > effort * MUCH:
        return _("brings more than it takes")
    return _("balanced")
