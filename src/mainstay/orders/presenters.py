"""What the pages about orders and products show."""

from typing import Any

from mainstay.customers import pages
from mainstay.orders import queries
from mainstay.orders.forms import ContractForm, ProductForm, RateForm
from mainstay.people import queries as people
from mainstay.people.permissions import can
from mainstay.shared import money

MOST_RATES = 100


def order(user: Any, row: Any) -> dict[str, Any]:
    """Return an order with its lines, what it takes back and what took it back."""
    lines = list(queries.lines(row)[: queries.MOST_LINES_SHOWN])
    customer = row.customer
    return {
        "order": row,
        "lines": lines,
        "customer_url": pages.url(customer.pk) if customer else "",
        "reversals": queries.reversals(user, row),
        "sees_costs": can(user, "money.view"),
    }


def product(user: Any, row: Any) -> dict[str, Any]:
    sees_costs = can(user, "money.view")
    return {
        "product": row,
        "sees_costs": sees_costs,
        "may_edit": sees_costs and can(user, "orders.edit"),
    }


def product_form(row: Any, data: Any) -> ProductForm:
    currency = people.company().currency
    cost = row.unit_cost_minor
    initial = {
        "name": row.name,
        "category": row.category_id,
        "unit_cost": None if cost is None else money.major(cost, currency),
        "version": row.version,
    }
    return ProductForm(data, initial=initial, currency=currency)


def contract_form(request: Any, row: Any, data: Any) -> ContractForm:
    """Return the form of a contract, or of a new one, perhaps of a customer already named."""
    currency = people.company().currency
    initial: dict[str, Any] = {"customer": request.GET.get("customer", "")}
    if row is not None:
        answers = {True: "yes", False: "no", None: ""}
        known = ("reference", "starts", "ends", "version")
        initial = {name: getattr(row, name) for name in known}
        initial["renewed"] = answers[row.renewed]
        initial["yearly_minor"] = money.major(row.yearly_minor, currency)
    return ContractForm(data, initial=initial, user=request.user, currency=currency, known=row)


def rate_form(data: Any) -> RateForm:
    return RateForm(data, currency=people.company().currency)


def rates(form: RateForm) -> dict[str, Any]:
    """Return the newest rates, and the form for another."""
    known = list(queries.newest_rates()[: MOST_RATES + 1])
    own = people.company().currency
    return {"form": form, "rates": known[:MOST_RATES], "more": known[MOST_RATES:], "own": own}
