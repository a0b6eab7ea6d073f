"""The references of a piece of an import, checked as a set: the database then need not look up the
customer, product and order of every row."""

from typing import cast

from django.db import IntegrityError, connection
from django.db.models import Model

from mainstay.customers.imports.kinds import Context
from mainstay.engine.staging.bench import Bench
from mainstay.orders.models import Order, OrderLine
from mainstay.shared import tables


def require(bench: Bench, context: Context) -> None:
    """Refuse to write if a customer or product that the piece names was deleted since it was
    looked up; that the orders of its lines are there follows from their numbers."""
    _require(Order, "source", [context.source_id])
    _require(Order, "customer", _named(bench, "SELECT customer_id FROM piece"))
    _require(OrderLine, "product", _named(bench, "SELECT product_id FROM compared"))


def _named(bench: Bench, sql: str) -> list[int]:
    rows = bench.rows(f"SELECT DISTINCT id FROM ({sql}) AS named(id) WHERE id IS NOT NULL")
    return [row[0] for row in rows]


def _require(model: type[Order | OrderLine], field: str, ids: list[int]) -> None:
    table = tables.name_of(cast(type[Model], model._meta.get_field(field).related_model))
    condition, parameters = tables.among("id", ids)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {condition}", parameters)
        (found,) = cursor.fetchone()
    if found != len(ids):
        raise IntegrityError(f"A {field} that an import refers to was deleted meanwhile")
