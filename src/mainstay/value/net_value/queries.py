"""Reads behind net lifetime value; rows of customers are limited to what the user may see."""

from typing import Any

import pyarrow as pa
from django.db.models import QuerySet

from mainstay.customers import queries as customers
from mainstay.customers.queries.origins import origins
from mainstay.customers.recommendations import queries as recommendations
from mainstay.shared import tables
from mainstay.value.models import CustomerValue
from mainstay.value.profitability import queries as profitability

from .models import NetValue

VALUED = tables.schema(
    customer_id=pa.int64(),
    tenure_days=pa.float64(),
    p_alive=pa.float64(),
    expected_12m=pa.float64(),
    expected_average_minor=pa.float64(),
    clv_minor=pa.float64(),
    clv_low_minor=pa.float64(),
    clv_high_minor=pa.float64(),
)


def seen_by(user: Any) -> QuerySet[NetValue]:
    """Return the current run's rows of customers that the user may see."""
    mine = customers.reach(user, "customer__")
    run = profitability.current_number()
    return NetValue.objects.filter(mine, run=run, customer__archived_at=None)


def largest() -> QuerySet[NetValue]:
    """Return the current run's rows of all customers, for the command line."""
    rows = NetValue.objects.filter(run=profitability.current_number())
    return rows.select_related("customer").order_by("-net_minor", "customer")


def of_customer(user: Any, customer_id: int) -> NetValue | None:
    rows = seen_by(user).filter(customer=customer_id)
    return rows.select_related("run").first()


def valued(run_id: int) -> pa.Table:
    """Return what a value run forecasts of each customer, of those it could value."""
    name = tables.name_of(CustomerValue)
    columns = ", ".join(VALUED.names)
    sql = f"SELECT {columns} FROM {name} WHERE run_id = %s AND clv_minor IS NOT NULL"  # noqa: S608  names are our own
    return tables.read(sql + " ORDER BY customer_id", [run_id], VALUED)


def given() -> pa.Table:
    """Return how many recommendations each customer has given."""
    return _table(list(recommendations.counts().iterator()), "customer_id", "given")


def newcomers() -> pa.Array:
    """Return the customers who came by a recommendation."""
    return pa.array((pair[0] for pair in recommendations.pairs().iterator()), pa.int64())


def channels() -> pa.Table:
    """Return the channel of everybody whose channel is known."""
    return _table([row[:2] for row in origins().iterator()], "customer_id", "channel")


def _table(rows: list[Any], *names: str) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return pa.table([pa.array(column, pa.int64()) for column in columns], names=list(names))
