"""Small order tables drawn by hand, and the engine that runs expressions over them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from mainstay import engine

AS_OF = date(2026, 3, 31)
DUCK = engine.connect("duckdb://")


def table(**columns: Sequence[Any]) -> ibis.Table:
    """Draw a table of whole numbers."""
    return DUCK.load(pa.table({name: list(values) for name, values in columns.items()}))


def lines(rows: Sequence[tuple[Any, str, int]], **more: Sequence[Any]) -> ibis.Table:
    """Draw order lines from (customer, day, amount in minor units) and further columns."""
    days = [date.fromisoformat(day) for _customer, day, _amount in rows]
    columns = {
        "customer_id": [row[0] for row in rows],
        "day": days,
        "amount_minor": [row[2] for row in rows],
        **{name: list(values) for name, values in more.items()},
    }
    types = {"customer_id": "int64", "day": "date32", "amount_minor": "int64"}
    types |= {name: {"kind": "string", "quantity": "float64"}.get(name, "int64") for name in more}
    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in types.items()])
    return DUCK.load(pa.table(columns, schema=schema))


def rows(expression: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Return the rows of an expression, sorted with nulls last, with these columns."""
    found = DUCK.run(expression).select(list(columns))
    drawn = [tuple(row.values()) for row in found.to_pylist()]
    return sorted(drawn, key=lambda row: [(value is None, value) for value in row])
