"""Reads of profitability; rows of customers are limited to what the user may see."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from django.db.models import Avg, Count, Max, Q, QuerySet, Sum, Value

from mainstay.customers import queries as customers
from mainstay.orders import queries as orders
from mainstay.orders.models import Driver
from mainstay.value import queries as value
from mainstay.value.models import CustomerValue
from mainstay.value.states import RunState

from .models import CustomerProfit, DecisionState, ProfitCell, ProfitRun, TreatmentDecision
from .rules import columns_of, own_driver


def current_run() -> ProfitRun | None:
    """Return the run that every page shows; None until the first is complete."""
    return ProfitRun.objects.filter(is_current=True).first()


def current_number() -> int | None:
    """Return the number of `current_run()` without its summary."""
    return ProfitRun.objects.filter(is_current=True).values_list("pk", flat=True).first()


def latest_run() -> ProfitRun | None:
    return ProfitRun.objects.order_by("-pk").first()


def run(*, pk: int) -> ProfitRun | None:
    return ProfitRun.objects.filter(pk=pk).first()


def waiting() -> list[ProfitRun]:
    """Return runs that wait for nobody's job."""
    return list(ProfitRun.objects.filter(state=RunState.WAITING, job_id="").order_by("pk"))


def profits(user: Any) -> QuerySet[CustomerProfit]:
    """Return what the current run says of the customers that the user may see."""
    return CustomerProfit.objects.filter(
        customers.reach(user, "customer__"), run=current_number(), customer__archived_at=None
    )


def profit_of(customer_id: int, *, user: Any) -> CustomerProfit | None:
    rows = profits(user).filter(customer=customer_id)
    return rows.select_related("run", "customer").first()


def worklist(user: Any) -> QuerySet[CustomerProfit]:
    """Return the customers that lose money, with the suggested treatment."""
    # Written so that the index of treatments begins with them.
    return profits(user).filter(treatment__gt="")


def decision_on(customer_id: int) -> TreatmentDecision | None:
    rows = TreatmentDecision.objects.filter(customer=customer_id)
    return rows.select_related("assignee").first()


def in_state(state: str) -> Q:
    """Return the condition on worklist rows; who was never decided on is open."""
    wanted = Q(customer__treatment_decision__state=state)
    if state == DecisionState.OPEN:
        wanted |= Q(customer__treatment_decision__isnull=True)
    return wanted


def customer_of(profit_id: int, *, user: Any) -> int | None:
    """Return the customer of a row of the worklist."""
    return profits(user).filter(pk=profit_id).values_list("customer", flat=True).first()


def advice(ids: list[int]) -> QuerySet[CustomerProfit, tuple[int, str, float | None]]:
    """Return the treatment and its change for rows that are limited to the reach already."""
    return CustomerProfit.objects.filter(pk__in=ids).values_list("pk", "treatment", "change")


def states_of(ids: list[int]) -> dict[int, str]:
    """Return the state of decision of the rows; open where nothing was decided yet."""
    rows = CustomerProfit.objects.filter(pk__in=ids)
    pairs = rows.values_list("pk", "customer__treatment_decision__state")
    return {pk: state or DecisionState.OPEN for pk, state in pairs}


def stakes_by_state(user: Any) -> dict[str, tuple[int, int]]:
    """Return the customers and the loss of the worklist in each state of decision."""
    rows = worklist(user).values("customer__treatment_decision__state")
    found: dict[str, tuple[int, int]] = {}
    for row in rows.annotate(loss=Sum("net_profit_minor"), n=Count("pk")).order_by():
        state = row["customer__treatment_decision__state"] or DecisionState.OPEN
        n, loss = found.get(state, (0, 0))
        found[state] = (n + row["n"], loss - row["loss"])
    return found


def cells_of(run_id: int, customer_ids: list[int]) -> QuerySet[ProfitCell]:
    """Return the cells of these customers: only for rows that are limited to the reach already."""
    return ProfitCell.objects.filter(run=run_id, customer__in=customer_ids)


def quantities(run: ProfitRun, first: date) -> pa.Table:
    """Return the drivers that order lines do not tell: driver, customer_id, quantity."""
    zone = ZoneInfo(run.parameters["time_zone"])
    since, until = (
        datetime.combine(day, time.min, zone) for day in (first, run.as_of + timedelta(1))
    )
    talks = customers.interactions_seen_by(None).filter(
        archived_at=None, customer__restricted=False, occurred_at__gte=since, occurred_at__lt=until
    )
    complaints = talks.filter(purpose="complaint").annotate(kind=Value(Driver.COMPLAINTS.value))
    rows: list[tuple[str, int, float]] = []
    for some, kind in ((talks, "channel"), (complaints, "kind")):
        counted = some.values(kind, "customer").annotate(n=Count("pk")).order_by()
        rows += counted.values_list(kind, "customer", "n").iterator()
    own = orders.own_quantities(first, run.as_of)
    rows += [(own_driver(activity), customer, n) for activity, customer, n in own.iterator()]
    wanted = {each["driver"] for each in run.parameters["activities"]}
    kept = [row for row in rows if row[0] in wanted]
    names, ids, numbers = zip(*kept, strict=True) if kept else ((), (), ())
    return pa.table(
        {
            "driver": pa.array(names, pa.string()),
            "customer_id": pa.array(ids, pa.int64()),
            "quantity": pa.array(numbers, pa.float64()),
        }
    )


def categories() -> pa.Table:
    """Return the category of each product as the matrix counts it."""
    parents = dict(orders.categories().values_list("pk", "parent_id"))
    found = columns_of(orders.categories_of_products(), parents)
    return pa.table(
        {
            "product_id": pa.array(list(found), pa.int64()),
            "category": pa.array(list(map(str, found.values())), pa.string()),
        }
    )


def category_names() -> dict[int, str]:
    return dict(orders.categories().values_list("pk", "name"))


def for_calculator(
    user: Any, *, customer: int | None = None, segment: str = ""
) -> dict[str, Any] | None:
    """Return name, and mean revenue, margin, cost to serve and P(alive), of a customer or segment.

    None where nothing is known of whom the user may see.
    """
    valued = value.current_number()
    rows = profits(user).filter(customer__values__run=valued) if valued else profits(user)
    if customer is not None:
        rows = profits(user).filter(customer=customer)
    else:
        rows = rows.filter(customer__values__segment=segment, tenth__isnull=False)
    found = rows.aggregate(
        n=Count("pk"),
        name=Max("customer__name"),
        revenue=Avg("revenue_minor"),
        margin=Avg("margin_minor"),
        service=Avg("cost_to_serve_minor"),
    )
    if not found["n"]:
        return None
    known = CustomerValue.objects.filter(run=valued, customer__in=rows.values("customer"))
    return found | known.aggregate(p_alive=Avg("p_alive"))
