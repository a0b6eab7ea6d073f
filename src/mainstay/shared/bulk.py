"""Many rows in one go: executemany on SQLite, COPY on PostgreSQL; the ORM would take minutes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values, in the order of the field names in `columns`.

    Runs inside the caller's transaction. Values must already be what the database stores:
    no field default, validation or `auto_now` is applied.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    fields = {field.name: field.column or "" for field in model._meta.concrete_fields}
    names = ", ".join(quote(fields[name]) for name in columns)
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["?"] * len(columns))
    connection.ensure_connection()
    # Below Django's cursor: its wrapper rewrites the marks of every statement and logs every call.
    connection.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608  names come from the model


def insert_objects(objects: Sequence[Model]) -> None:
    """Insert new objects of one model as `bulk_create` does, at half its cost; they get no number.

    Runs inside the caller's transaction, with defaults and `pre_save` of the fields, no validation.
    """
    if not objects:
        return
    model = type(objects[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    rows = (
        [field.get_db_prep_save(field.pre_save(each, True), connection) for field in fields]
        for each in objects
    )
    with connection.wrap_database_errors:
        insert_rows(model, [field.name for field in fields], rows)
