"""Tie the returns of an import to the orders they take back: named by the file, or found among what
earlier imports brought."""

from typing import Any

import pyarrow as pa

from mainstay.customers.imports.kinds import Context, Counts, Step
from mainstay.engine.staging.bench import Bench
from mainstay.orders.actions.bulk import standing_orders
from mainstay.orders.models import Order, OrderLine
from mainstay.shared import tables

BOUGHT = tables.schema(
    customer_id=pa.int64(),
    order_id=pa.int64(),
    order_key=pa.string(),
    ordered_at=pa.string(),
    product_id=pa.int64(),
    quantity=pa.float64(),
    amount_minor=pa.int64(),
)


def tie_named(bench: Bench, context: Context, step: Step, *, write: bool) -> Counts:
    """Tie returns to the orders they take back, both found by name."""
    wanted = bench.arrow(
        "SELECT o.order_key, t.order_key AS original FROM ties t JOIN order_list o USING "
        "(order_no) ORDER BY t.order_no LIMIT ? OFFSET ?",
        [step.high - step.low, step.low],
    )
    names = set(wanted["order_key"].to_pylist()) | set(wanted["original"].to_pylist())
    bench.take("_ties", wanted)
    bench.take("_tied", standing_orders(context.source_id, sorted(names)))
    return _tie(
        bench,
        "SELECT r.id, o.id AS reverses FROM _ties t JOIN _tied r ON r.order_key = t.order_key "
        "JOIN _tied o ON o.order_key = t.original WHERE r.reverses_id IS DISTINCT FROM o.id "
        "AND r.id <> o.id",
        write=write,
    )


def tie_to_earlier(bench: Bench, context: Context, step: Step, *, write: bool) -> Counts:
    """Tie the returns that the file itself does not explain to orders of the same customer that are
    recorded already.

    A cancellation C536365 takes back order 536365. Else, of the orders before with enough of the
    same product at the same price, the one that explains most lines, the latest of those. What is
    tied already stays.
    """
    bench.run(
        "CREATE OR REPLACE TABLE _back AS SELECT u.order_key, u.cancels, u.ordered_at, "
        "c.id AS customer_id, p.id AS product_id, u.quantity, u.price FROM untied u "
        "JOIN customer_ids c ON c.reference = u.customer "
        "LEFT JOIN product_ids p USING (product_no) "
        f"WHERE u.place > {step.low} AND u.place <= {step.high}"
    )
    _find_returns(bench, context)
    _find_bought(bench, context)
    return _tie(
        bench,
        "SELECT DISTINCT ON (r.id) r.id, b.order_id AS reverses FROM _back g "
        "JOIN _returns r USING (order_key) JOIN _bought b ON b.customer_id = g.customer_id "
        "AND b.order_id <> r.id AND CAST(b.ordered_at AS TIMESTAMP) <= g.ordered_at AND "
        "(b.order_key = g.cancels OR (b.product_id = g.product_id AND b.quantity >= "
        "-g.quantity AND round(b.amount_minor / b.quantity) = g.price)) "
        "GROUP BY r.id, g.cancels, b.order_id, b.order_key, b.ordered_at "
        "ORDER BY r.id, b.order_key = g.cancels DESC, count(*) DESC, b.ordered_at DESC, "
        "b.order_key",
        write=write,
    )


def _find_returns(bench: Bench, context: Context) -> None:
    """Fetch the returns as they are recorded, if nothing ties them yet."""
    keys = bench.arrow("SELECT DISTINCT order_key FROM _back")["order_key"].to_pylist()
    bench.take("_standing_returns", standing_orders(context.source_id, keys))
    bench.run(
        "CREATE OR REPLACE TABLE _returns AS SELECT id, order_key FROM _standing_returns "
        "WHERE reverses_id IS NULL"
    )


def _find_bought(bench: Bench, context: Context) -> None:
    """Fetch what the customers have bought of the products that went back."""
    order, line = tables.name_of(Order), tables.name_of(OrderLine)
    of_customers, customers = tables.among("o.customer_id", _distinct(bench, "customer_id"))
    of_products, products = tables.among("l.product_id", _distinct(bench, "product_id"))
    sql = (
        "SELECT o.customer_id, o.id, o.external_id, CAST(o.ordered_at AS text), l.product_id, "
        f"l.quantity, l.amount_minor FROM {order} o JOIN {line} l ON l.order_id = o.id "
        f"WHERE o.source_id = %s AND {of_customers} AND NOT o.is_return AND l.quantity > 0 "
        f"AND {of_products}"
    )
    found = tables.read(sql, [context.source_id, *customers, *products], BOUGHT)
    bench.take("_bought", found)


def _distinct(bench: Bench, column: str) -> list[Any]:
    rows = bench.rows(f"SELECT DISTINCT {column} FROM _back WHERE {column} IS NOT NULL")
    return [row[0] for row in rows]


def _tie(bench: Bench, sql: str, *, write: bool) -> Counts:
    found = bench.arrow(sql)
    if write:
        tables.update(Order, found)
    return {"ties": {"changed": found.num_rows}}
