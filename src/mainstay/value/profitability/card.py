"""What a customer's page says of its profit: the card, and the page of the suggested treatment."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.customers import pages
from mainstay.customers.cards import Card
from mainstay.people.permissions import can
from mainstay.shared.templatetags.figures import money_round, number, percent
from mainstay.value.presenters.explained import Tile, explain

from . import queries, words
from .forms import DecisionForm
from .matrix import name_of
from .models import CustomerProfit
from .presenters import year

TEMPLATE = "value/profitability/card.html"


def card(user: Any, customer: Any) -> Card | None:
    """Return the card; None where nothing is known or may be seen."""
    if not can(user, "money.view"):
        return None
    found = queries.profit_of(customer.pk, user=user)
    if found is None:
        return None
    url = reverse("value:treatment", args=[customer.pk]) if found.treatment else ""
    shown = {
        "tiles": tiles(found),
        "year": year(found.run),
        "advice": words.treatment(found.treatment, found.change),
        "tone": words.TREATMENT_TONES.get(found.treatment, "neutral"),
        "url": url,
        "customer": customer.pk,
    }
    return Card(TEMPLATE, shown)


def tiles(found: CustomerProfit) -> list[Tile]:
    """Return revenue, margin, cost to serve and net profit of the customer's year."""
    unit = found.run.parameters["currency"]

    def tile(label: str, minor: int, icon: str, hint: str, **facts: str) -> Tile:
        told = explain(found.run, n=1, **facts)  # type: ignore[arg-type]
        return Tile(label, money_round(minor, unit), icon, hint, told)

    net, revenue = found.net_profit_minor, found.revenue_minor
    share = percent(net / revenue) if revenue > 0 else "–"
    return [
        tile(_("Sales in 12 months"), revenue, "banknote",
             _("%(n)s orders") % {"n": number(found.orders)},
             method=_("Sum of all goods and discount lines, returns netted.")),
        tile(_("Margin in 12 months"), found.margin_minor, "percent", "",
             method=_("Sales less the cost of the goods; unknown costs take the usual margin.")),
        tile(_("Cost to serve"), found.cost_to_serve_minor, "truck",
             _("%(n)s returns") % {"n": number(found.returns)},
             method=str(words.SERVICE_METHOD),
             inputs=", ".join(f"{name} {amount}" for name, amount in costs(found)) or "–"),
        tile(_("Net profit"), net, "scale", _("%(share)s of sales") % {"share": share},
             method=str(words.NET_METHOD)),
    ]  # fmt: skip


def costs(found: CustomerProfit) -> list[tuple[str, str]]:
    """Return what each activity cost for this customer, the dearest first."""
    unit, activities = found.run.parameters["currency"], found.run.parameters["activities"]
    pairs = zip(activities, found.costs, strict=True)
    ranked = sorted(((minor, each["name"]) for each, minor in pairs if minor), reverse=True)
    return [(name, money_round(minor, unit)) for minor, name in ranked]


@dataclass(frozen=True)
class TreatmentPage:
    """A customer who loses money: where it goes, what is suggested, what was decided."""

    profit: CustomerProfit
    customer_url: str
    year: str
    tiles: list[Tile]
    advice: str
    rule: str
    tone: str
    costs: list[tuple[str, str]]
    cells: list[tuple[str, str, str, str]]
    may_decide: bool


def treatment_page(user: Any, customer_id: int) -> TreatmentPage | None:
    found = queries.profit_of(customer_id, user=user)
    if found is None:
        return None
    return TreatmentPage(
        profit=found,
        customer_url=pages.url(customer_id),
        year=year(found.run),
        tiles=tiles(found),
        advice=words.treatment(found.treatment, found.change) or _("No treatment is needed."),
        rule=str(words.TREATMENT_RULES.get(found.treatment, "")),
        tone=words.TREATMENT_TONES.get(found.treatment, "green"),
        costs=costs(found),
        cells=_cells(found),
        may_decide=can(user, "customers.edit"),
    )


def _cells(found: CustomerProfit) -> list[tuple[str, str, str, str]]:
    """Return category, revenue, net profit and sign, the worst first."""
    names, unit = queries.category_names(), found.run.parameters["currency"]
    rows = queries.cells_of(found.run_id, [found.customer_id]).order_by("net_profit_minor")
    return [
        (
            name_of(str(row.category_id or ""), names),
            money_round(row.revenue_minor, unit),
            money_round(row.net_profit_minor, unit),
            words.SIGNS[row.sign],
        )
        for row in rows
    ]


def decision_form(customer_id: int, data: Any) -> DecisionForm:
    row = queries.decision_on(customer_id)
    initial: dict[str, Any] = {"state": "open", "version": 1}
    if row is not None:
        initial = {"state": row.state, "assignee": row.assignee_id, "note": row.note}
        initial["version"] = row.version
    return DecisionForm(data, initial=initial)
