"""Orders by the hundred thousand, for imports: compare a piece with the database, write the
difference.

Works on the tables of an import's bench (see `orders.imports.shape`) inside the caller's
transaction. Known orders and lines are found by the source's names; what is the same is not
touched; lines the file does not name stay.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from django.db import connection

from mainstay.customers.imports.kinds import Context, Counts, Step
from mainstay.engine.staging.bench import Bench
from mainstay.orders.actions import bulk_references as references
from mainstay.orders.models import Order, OrderLine, Product
from mainstay.shared import tables, text
from mainstay.shared.events import emit_many

STANDING = tables.schema(
    id=pa.int64(),
    order_key=pa.string(),
    customer_id=pa.int64(),
    ordered_at=pa.string(),
    currency=pa.string(),
    is_return=pa.bool_(),
    reverses_id=pa.int64(),
)
STANDING_LINES = tables.schema(
    id=pa.int64(),
    order_id=pa.int64(),
    name=pa.string(),
    product_id=pa.int64(),
    kind=pa.string(),
    quantity=pa.float64(),
    amount_minor=pa.int64(),
    cost_minor=pa.int64(),
)
PRODUCTS = tables.schema(code=pa.string(), id=pa.int64(), unit_cost=pa.int64())
DIFFERS = " OR ".join(
    f"s.{name} IS DISTINCT FROM f.{name}"
    for name in ("product_id", "kind", "quantity", "amount_minor", "cost_minor")
)


def product_ids(source_id: int, codes: list[str]) -> pa.Table:
    """Return the products' ids and unit costs by their codes."""
    found = [PRODUCTS.empty_table()]
    for start in range(0, len(codes), tables.AT_ONCE):
        condition, parameters = tables.among("external_id", codes[start : start + tables.AT_ONCE])
        sql = (
            f"SELECT external_id, id, unit_cost_minor FROM {tables.name_of(Product)} WHERE "
            f"source_id = %s AND {condition}"
        )
        found.append(tables.read(sql, [source_id, *parameters], PRODUCTS))
    return pa.concat_tables(found)


def add_products(context: Context, rows: Any) -> None:
    """Add a product for each (code, name)."""
    count, moment = rows.num_rows, tables.moment(context.now)
    codes, names = rows["code"].to_pylist(), rows["name"].to_pylist()
    tables.insert(
        Product,
        pa.table(
            {
                "source": [context.source_id] * count,
                "external_id": codes,
                "name": names,
                "sort_name": [text.sort_name(name) for name in names],
                "search": [
                    text.search_text([name], [code])
                    for name, code in zip(names, codes, strict=True)
                ],
                "version": [1] * count,
                "created_at": [moment] * count,
                "updated_at": [moment] * count,
            }
        ),
    )


def take_orders(bench: Bench, context: Context, *, write: bool) -> Counts:
    """Count what is new, changed and the same among the orders laid out; with `write`, write
    it."""
    _find_standing(bench, context)
    ids = tables.new_ids(Order, bench.number("SELECT count(*) FROM new_orders")) if write else []
    _number(bench, ids)
    _compare_lines(bench)
    if write:
        references.require(bench, context)
        _write(bench, context)
    return _counted(bench)


def lay_out(bench: Bench, context: Context, step: Step) -> None:
    """Make a piece of the orders `low` to `high` and their lines; needs no transaction."""
    within = f"order_no BETWEEN {step.low} AND {step.high}"
    bench.run(
        "CREATE OR REPLACE TABLE piece AS SELECT order_no, order_key, c.id AS customer_id, "
        "ordered_at, is_return, currency, amount_minor FROM order_list LEFT JOIN "
        "customer_ids c ON c.reference = customer "
        f"WHERE {within}"
    )
    bench.run(
        "CREATE OR REPLACE TABLE fresh AS SELECT order_no, line, name, p.id AS product_id, "
        "kind, quantity, amount_minor, "
        "cost_minor, p.unit_cost FROM lines LEFT JOIN product_ids p USING (product_no) WHERE "
        f"{within}"
    )


def _find_standing(bench: Bench, context: Context) -> None:
    """Fetch the orders of the piece that the database has."""
    keys = bench.arrow("SELECT order_key FROM piece")["order_key"].to_pylist()
    bench.take("standing", standing_orders(context.source_id, keys))
    bench.run(
        "CREATE OR REPLACE TABLE new_orders AS SELECT order_no FROM piece WHERE order_key NOT "
        "IN (SELECT order_key FROM standing)"
    )


def standing_orders(source_id: int, keys: list[str]) -> pa.Table:
    """Return the source's orders of these names."""
    moment = "ordered_at || ''"
    if tables.is_postgresql():
        moment = "to_char(ordered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    found = [STANDING.empty_table()]
    for start in range(0, len(keys), tables.AT_ONCE):
        condition, parameters = tables.among("external_id", keys[start : start + tables.AT_ONCE])
        sql = (
            f"SELECT id, external_id, customer_id, {moment}, currency, is_return, reverses_id "
            f"FROM {tables.name_of(Order)} WHERE source_id = %s AND {condition}"
        )
        found.append(tables.read(sql, [source_id, *parameters], STANDING))
    return pa.concat_tables(found)


def _number(bench: Bench, ids: list[int]) -> None:
    """Give each order of the piece its id: its own if it stands, a new one else (none when only
    comparing)."""
    fresh = bench.arrow("SELECT order_no FROM new_orders ORDER BY order_no")["order_no"]
    given: list[int | None] = list(ids) or [None] * len(fresh)
    bench.take("given", pa.table({"order_no": fresh, "id": pa.array(given, pa.int64())}))
    bench.run(
        "CREATE OR REPLACE TABLE numbers AS SELECT order_no, id, false AS stands FROM given "
        "UNION ALL "
        "SELECT p.order_no, s.id, true FROM piece p JOIN standing s USING (order_key)"
    )
    bench.run(
        "CREATE OR REPLACE TABLE new_heads AS SELECT p.order_no, s.id, "
        "coalesce(p.customer_id, s.customer_id) AS customer_id, "
        "p.ordered_at, p.currency, p.is_return FROM piece p JOIN standing s USING (order_key) "
        "WHERE coalesce(p.customer_id, s.customer_id) IS DISTINCT FROM s.customer_id "
        "OR p.ordered_at <> CAST(left(s.ordered_at, 26) AS TIMESTAMP) OR p.currency <> "
        "s.currency OR p.is_return <> s.is_return"
    )


def _compare_lines(bench: Bench) -> None:
    """Sort the lines into new, changed and the same."""
    standing = bench.arrow("SELECT id FROM standing")["id"].to_pylist()
    bench.take("standing_lines", standing_lines(standing))
    bench.run(
        "CREATE OR REPLACE TABLE compared AS SELECT f.*, n.id AS order_id, n.stands, s.id AS "
        "line_id, "
        f"s.id IS NULL AS is_new, s.id IS NOT NULL AND ({DIFFERS}) AS is_changed "
        "FROM fresh f JOIN numbers n USING (order_no) "
        "LEFT JOIN standing_lines s ON s.order_id = n.id AND s.name = f.name"
    )


def standing_lines(order_ids: list[int]) -> pa.Table:
    """Return all lines of the orders."""
    found = [STANDING_LINES.empty_table()]
    for start in range(0, len(order_ids), tables.AT_ONCE):
        condition, parameters = tables.among("order_id", order_ids[start : start + tables.AT_ONCE])
        sql = (
            "SELECT id, order_id, external_id, product_id, kind, quantity, amount_minor, "
            "cost_minor "
            f"FROM {tables.name_of(OrderLine)} WHERE {condition}"
        )
        found.append(tables.read(sql, parameters, STANDING_LINES))
    return pa.concat_tables(found)


def _write(bench: Bench, context: Context) -> None:
    moment = tables.moments("p.ordered_at")
    tables.insert(
        Order,
        bench.arrow(
            f"SELECT n.id, {context.source_id}::BIGINT AS source, p.order_key AS external_id, "
            "p.customer_id AS customer, "
            f"{moment} AS ordered_at, p.currency, p.is_return, p.amount_minor "
            "FROM piece p JOIN numbers n USING (order_no) WHERE NOT n.stands ORDER BY n.id"
        ),
    )
    tables.update(
        Order,
        bench.arrow(
            f"SELECT p.id, p.customer_id AS customer, {moment} AS ordered_at, p.currency, "
            "p.is_return FROM new_heads p"
        ),
    )
    values = "product_id AS product, kind, quantity, amount_minor, cost_minor"
    tables.insert(
        OrderLine,
        bench.arrow(
            f'SELECT order_id AS "order", name AS external_id, {values} FROM compared WHERE '
            "is_new ORDER BY order_id, line"
        ),
    )
    tables.update(
        OrderLine,
        bench.arrow(f"SELECT line_id AS id, {values} FROM compared WHERE is_changed"),
    )
    _add_up(touched(bench))
    _tell(bench, context)


def _tell(bench: Bench, context: Context) -> None:
    """Tell subscribers of the orders of the piece that are new or differ."""
    new = "SELECT id FROM numbers WHERE NOT stands ORDER BY id"
    differing = (
        "SELECT id FROM new_heads UNION SELECT order_id FROM compared "
        "WHERE stands AND (is_new OR is_changed) ORDER BY 1"
    )
    for event, ids in (("order.created", new), ("order.corrected", differing)):
        subjects: Iterator[tuple[int, dict[str, Any]]] = ((n, {}) for (n,) in bench.rows(ids))
        emit_many(event, subjects=subjects, now=context.now)


def touched(bench: Bench) -> list[int]:
    """Return the ids of known orders of which a line is new or changed."""
    return [
        row[0]
        for row in bench.rows(
            "SELECT DISTINCT order_id FROM compared WHERE stands AND (is_new OR is_changed)"
        )
    ]


def _add_up(order_ids: list[int]) -> None:
    """Bring the sums of known orders up to date."""
    orders, lines = tables.name_of(Order), tables.name_of(OrderLine)
    for start in range(0, len(order_ids), tables.AT_ONCE):
        condition, parameters = tables.among("id", order_ids[start : start + tables.AT_ONCE])
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {orders} SET amount_minor = (SELECT coalesce(sum(l.amount_minor), 0) "
                f"FROM {lines} l "
                f"WHERE l.order_id = {orders}.id) WHERE {condition}",
                parameters,
            )


def _counted(bench: Bench) -> Counts:
    new, changed, same = bench.one(
        "SELECT count(*) FILTER (is_new), count(*) FILTER (is_changed), count(*) FILTER (NOT "
        "is_new AND NOT is_changed) FROM compared"
    )
    added = bench.number("SELECT count(*) FROM new_orders")
    differing = bench.number(
        "SELECT count(*) FROM (SELECT order_no FROM new_heads UNION SELECT order_no FROM "
        "compared WHERE stands AND (is_new OR is_changed))"
    )
    total = bench.number("SELECT count(*) FROM piece")
    return {
        "orders": {"new": added, "changed": differing, "same": total - added - differing},
        "lines": {"new": new, "changed": changed, "same": same},
    }
