"""Reads of whom the rules propose to part with, and of what groups of customers cost and bring."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from mainstay.customers import queries as customers
from mainstay.customers.segments import asking, tree
from mainstay.customers.segments import queries as segments
from mainstay.value.models import CustomerProfit, CustomerValue
from mainstay.value.profitability.queries import current_run, profits
from mainstay.value.queries import current_number

from .models import FarewellDecision, FarewellRule


def rules() -> QuerySet[FarewellRule]:
    """Return the rules that propose customers."""
    rows = FarewellRule.objects.filter(archived_at=None)
    return rows.select_related("proposed", "spared").order_by("name")


def rule(pk: int) -> FarewellRule | None:
    return rules().filter(pk=pk).first()


def proposed_by(rule: FarewellRule, on: asking.Reckoning) -> Q:
    """Return the condition on customers that the rule proposes them and nothing spares them."""
    proposed = segments.asked_of_customers(rule.proposed, on)
    return proposed & ~segments.asked_of_customers(rule.spared, on)


def worklist(user: Any, *, now: datetime) -> QuerySet[CustomerProfit]:
    """Return what the run of profitability says of each customer proposed, within the reach."""
    on, condition = asking.reckoning(now), asking.nobody()
    for each in rules():
        condition |= proposed_by(each, on)
    named = customers.everybody().filter(condition, archived_at=None)
    return profits(user).filter(customer__in=named.order_by().values("pk"))


def with_decisions(rows: QuerySet[CustomerProfit]) -> QuerySet[CustomerProfit]:
    """Return the rows with the customer, what was decided about it, and the run."""
    return rows.select_related("customer__farewell_decision", "run")


def row(user: Any, customer: int) -> CustomerProfit | None:
    """Return a customer's year, also where no rule proposes it any more."""
    rows = profits(user).filter(customer=customer)
    return with_decisions(rows).first()


def value_of(customer: int) -> CustomerValue | None:
    return CustomerValue.objects.filter(run=current_number(), customer=customer).first()


def decision_on(customer: int) -> FarewellDecision | None:
    rows = FarewellDecision.objects.filter(customer=customer)
    return rows.select_related("decided_by").first()


def customer_of(profit: int, *, user: Any) -> int | None:
    return profits(user).filter(pk=profit).values_list("customer", flat=True).first()


def lifetime(profit_ids: list[int]) -> dict[int, tuple[Any, Any, Any]]:
    """Return CLV with low and high, for rows that are limited to the reach already."""
    pairs = CustomerProfit.objects.filter(pk__in=profit_ids).values_list("customer", "pk")
    of = dict(pairs)
    rows = CustomerValue.objects.filter(run=current_number(), customer__in=of)
    found = rows.values_list("customer", "clv_minor", "clv_low_minor", "clv_high_minor")
    return {of[customer]: (clv, low, high) for customer, clv, low, high in found}


def reasons(customer: int, *, now: datetime) -> list[tuple[FarewellRule, list[Any], list[Any]]]:
    """Return, for each rule, its conditions and those that spare, each with whether it is met."""
    on = asking.reckoning(now)

    def met(definition: Any) -> list[Any]:
        try:
            nodes = list(tree.conditions(tree.read(definition)))
        except tree.Unfit:
            return []
        one = customers.everybody().filter(pk=customer)
        return [(node, one.filter(asking.asked(node, on)).exists()) for node in nodes]

    return [(each, met(each.proposed.definition), met(each.spared.definition)) for each in rules()]


def sums(user: Any, condition: Q | None) -> dict[str, Any]:
    """Return customers, sales, margin, cost to serve and net profit of a group in 12 months."""
    rows = profits(user)
    if condition is not None:
        named = customers.listed(user).filter(condition)
        rows = rows.filter(customer__in=named.order_by().values("pk"))
    return rows.order_by().aggregate(
        n=Count("pk"),
        sales=Sum("revenue_minor", default=0),
        margin=Sum("margin_minor", default=0),
        service=Sum("cost_to_serve_minor", default=0),
        net=Sum("net_profit_minor", default=0),
    )


def profit_run() -> Any:
    """Return the run of profitability that the pages show; None until there is one."""
    return current_run()
