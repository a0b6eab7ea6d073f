"""What orders tell of a customer's stage: days of orders, and contracts."""

from contextlib import closing
from typing import Any

from django.conf import settings
from django.db.models import CharField, Max, Min, Value
from django.db.models.functions import Cast, Coalesce

from mainstay.orders import queries

ENDLESS = "9999-12-31"


def publish() -> None:
    from mainstay.customers.lifecycle import facts

    facts.publish("orders", order_days)
    facts.publish("contracts", contract_days)


def order_days(limits: Any) -> Any:
    """Return first, second, many-th and latest day of orders of every customer who ordered."""
    from mainstay import engine
    from mainstay.orders.actions import pay

    pay()
    folder = settings.DATA_DIR / "engine"
    source = engine.connect(settings.MIRROR_URL, memory=settings.ENGINE_MEMORY, folder=folder)
    with closing(source):
        return source.run(_days(source.table("order_lines"), limits.client_orders))


def _days(lines: Any, many: int) -> Any:
    """Return an expression: days on which something was bought count, returns do not."""
    import ibis
    from ibis import _

    bought = lines.filter(_.quantity > 0).select("customer_id", "day").distinct()
    place = 1 + ibis.row_number().over(group_by="customer_id", order_by="day")
    return (
        bought.mutate(place=place)
        .group_by("customer_id")
        .agg(
            occasions=_.count(),
            first_day=_.day.min(),
            second_day=_.day.min(where=_.place == 2),  # noqa: PLR2004  the second
            many_day=_.day.min(where=_.place == many),
            last_day=_.day.max(),
        )
    )


def contract_days(_limits: Any) -> Any:
    """Return from when to when each customer has had contracts; without end: far away."""
    import pyarrow as pa

    from mainstay.shared import tables

    until = Coalesce(Cast("ends", CharField()), Value(ENDLESS))
    rows = queries.contracts_seen_by(None).values("customer")
    rows = rows.annotate(first=Min(Cast("starts", CharField())), last=Max(until))
    found = rows.values_list("customer", "first", "last").order_by()
    sql, parameters = found.query.sql_with_params()
    kinds = {"contract_from": pa.string(), "contract_until": pa.string()}
    return tables.read(sql, parameters, tables.schema(customer_id=pa.int64(), **kinds))
