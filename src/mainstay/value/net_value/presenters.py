"""Net lifetime value on a customer's page and on the page of customer equity."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.analysis import charts
from mainstay.customers.cards import Card
from mainstay.people.permissions import can
from mainstay.shared import money
from mainstay.shared.templatetags.figures import money_round, money_short, number, percent
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import Tile, explain
from mainstay.value.profitability import queries as profitability

from . import queries


def method() -> str:
    return _(
        "Lifetime value of purchases, plus the recommendations expected × the mean lifetime value"
        " of a newcomer, less the yearly cost to serve × the years of activity expected."
    )


def card(user: Any, customer: Any) -> Card | None:
    """Return the net lifetime value for the customer's page; None where it is not known."""
    row = queries.of_customer(user, customer.pk) if can(user, "money.view") else None
    if row is None:
        return None
    run: Any = row.run
    unit, told = run.parameters["currency"], run.summary.get("net") or {}
    ends = {"low": money_round(row.low_minor, unit), "high": money_round(row.high_minor, unit)}
    facts = explain(
        run,
        n=told.get("n", 0),
        method=method(),
        interval=_("%(level)s: %(low)s to %(high)s")
        % {"level": percent(told.get("level")), **ends},
        note=_note(told),
    )
    return Card("value/net_value/card.html", {"tiles": _tiles(row, unit, facts, ends)})


def _tiles(row: Any, unit: str, facts: dict[str, str], ends: dict[str, str]) -> list[Tile]:
    def plain(label: str, minor: int, icon: str, hint: str = "") -> Tile:
        return Tile(label, money_round(minor, unit), icon, hint)

    hint = _("%(low)s to %(high)s") % ends
    found = [
        Tile(_("Net lifetime value"), money_round(row.net_minor, unit), "hand-coins", hint, facts),
        plain(_("Purchases to come"), row.purchases_minor, "shopping-cart"),
        plain(_("Recommendations to come"), row.recommended_minor, "megaphone"),
        plain(_("Cost to serve"), -row.service_minor, "truck", _("over the years expected")),
    ]
    if row.acquisition_minor is not None:
        spent = _("spent: not in the sum")
        found.append(plain(_("Cost of winning it"), row.acquisition_minor, "flag", spent))
    return found


def _note(told: dict[str, Any]) -> str:
    """Return why recommendations count for nothing, where they do."""
    if told.get("rate") and told.get("newcomer_minor"):
        return ""
    known = told.get("recommendations", 0)
    text = ngettext(
        "%(n)s recommendation is noted, too few to forecast more; they count as nothing.",
        "%(n)s recommendations are noted, too few to forecast more; they count as nothing.",
        known,
    )
    return text % {"n": number(known)}


def whole(user: Any) -> dict[str, Any] | None:
    """Return what customer equity consists of, for its page; None where it is not known."""
    run: Any = profitability.current_run() if can(user, "money.view") else None
    told = run.summary.get("net") if run else None
    if run is None or not told:
        return None
    unit = run.parameters["currency"]
    return {
        "chart": _chart(told, unit),
        "note": _note(told),
        "newcomer": _newcomer(told, unit),
        "acquisition": _spent(told, unit),
        "facts": explain(run, n=told["n"], method=method(), note=_note(told)),
        "net": money_short(told["net_minor"], unit),
    }


def _chart(told: dict[str, Any], unit: str) -> Chart:
    scale = float(10 ** money.digits(unit))
    parts = [
        (_("Purchases"), told["purchases_minor"]),
        (_("Recommendations"), told["recommended_minor"]),
        (_("Cost to serve"), -told["service_minor"]),
    ]
    steps, at = [], 0.0
    for place, (name, minor) in enumerate(parts):
        tone = "total" if not place else "up" if minor >= 0 else "down"
        steps.append({"name": name, "from": at, "to": at + minor / scale, "tone": tone})
        at += minor / scale
    steps.append({"name": _("Net"), "from": 0.0, "to": at, "tone": "total"})
    labels = {"amount": _("Present value in %(unit)s") % {"unit": unit}}
    rows = [[name, money_round(minor, unit)] for name, minor in parts]
    return Chart(
        _("What customer equity is made of"),
        _("Purchases and recommendations to come, less what serving the customers will cost."),
        charts.waterfall(steps, labels=labels),
        [_("Part"), labels["amount"]],
        [*rows, [_("Net"), money_round(told["net_minor"], unit)]],
    )


def _newcomer(told: dict[str, Any], unit: str) -> str:
    worth = told.get("newcomer_minor")
    if not worth:
        return ""
    text = _(
        "A customer who came by a recommendation is worth %(mean)s (%(level)s: %(low)s to %(high)s,"
        " n = %(n)s)."
    )
    ends = {end: money_short(worth[end], unit) for end in ("low", "high")}
    mean = money_short(worth["value"], unit)
    n = number(told["newcomers"])
    return text % {"mean": mean, "level": percent(told["level"]), "n": n, **ends}


def _spent(told: dict[str, Any], unit: str) -> str:
    if not told.get("acquisition_known"):
        return _("What winning these customers cost is not known: note channels and their costs.")
    text = ngettext(
        "Winning %(n)s customer whose channel and cost are known took %(amount)s. It is spent, so"
        " it is not in the sum.",
        "Winning the %(n)s customers whose channel and cost are known took %(amount)s. It is"
        " spent, so it is not in the sum.",
        told["acquisition_known"],
    )
    amount = money_short(told["acquisition_minor"], unit)
    return text % {"n": number(told["acquisition_known"]), "amount": amount}
