"""Arrow tables in and out of the database, whole columns at a time, on SQLite and PostgreSQL.

For the set-based writers: they run inside the caller's transaction and hand over values as the
database stores them (moments as UTC text); no default, validation or `auto_now` is applied.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.db.models import Model

AT_ONCE = 20_000
# Rows in one INSERT of SQLite: a statement costs as much as three rows.
TOGETHER = 50
FETCHED = 50_000


def schema(**types: Any) -> pa.Schema:
    """Return a schema of these columns, in this order."""
    return pa.schema(list(types.items()))


def is_postgresql() -> bool:
    return bool(connection.vendor == "postgresql")


def columns_of(model: type[Model], names: Sequence[str]) -> list[str]:
    """Return the quoted columns of the named fields."""
    fields = {field.name: field.column or "" for field in model._meta.concrete_fields}
    return [connection.ops.quote_name(fields[name]) for name in names]


def name_of(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def insert(model: type[Model], table: pa.Table) -> None:
    """Insert the rows of a table whose columns are named as the model's fields."""
    if not table.num_rows:
        return
    table = _days_as_text(table)
    if is_postgresql():
        names = ", ".join(columns_of(model, table.column_names))
        _copy(f"{name_of(model)} ({names})", table)
    else:
        _insert_together(model, table)


def update(model: type[Model], table: pa.Table) -> None:
    """Set the fields in the table's columns on the rows whose `id` it names."""
    if not table.num_rows:
        return
    fields = [name for name in table.column_names if name != "id"]
    names = columns_of(model, fields)
    table = table.select([*fields, "id"])
    if not is_postgresql():
        changes = ", ".join(f"{name} = ?" for name in names)
        _executemany(f"UPDATE {name_of(model)} SET {changes} WHERE id = ?", table)
        return
    listed = ", ".join([*names, "id"])
    changes = ", ".join(f"{name} = _changes.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS _changes")
        cursor.execute(
            f"CREATE TEMPORARY TABLE _changes ON COMMIT DROP AS SELECT {listed} FROM "
            f"{name_of(model)} WITH NO DATA"
        )
    _copy(f"_changes ({listed})", table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {name_of(model)} AS target SET {changes} FROM _changes WHERE target.id = "
            "_changes.id"
        )


def _executemany(sql: str, table: pa.Table) -> None:
    connection.ensure_connection()
    for batch in table.to_batches(max_chunksize=AT_ONCE):
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        # Below Django's cursor: its wrapper rewrites the marks of every statement and logs every
        # call.
        with connection.wrap_database_errors:
            connection.connection.executemany(sql, rows)


def _insert_together(model: type[Model], table: pa.Table) -> None:
    """Insert by statements of many rows, what is left by one of fewer.

    A column that says the same in every row is handed over once per statement. OR FAIL: the
    caller's transaction is taken back after an error, so SQLite need not keep the pages of each
    statement for taking it back alone.
    """
    connection.ensure_connection()
    same = [name for name in table.column_names[1:] if _is_one_value(table[name])]
    constants = [table[name][0].as_py() for name in same]
    varying = table.drop_columns(same)
    names = ", ".join(columns_of(model, [*same, *varying.column_names]))
    marks = [f"?{place}" for place in range(1, len(same) + 1)] + ["?"] * varying.num_columns
    row, width = f"({', '.join(marks)})", varying.num_columns
    sql = f"INSERT OR FAIL INTO {name_of(model)} ({names}) VALUES "
    for batch in varying.to_batches(max_chunksize=AT_ONCE):
        cells: list[Any] = [None] * (batch.num_rows * width)
        for place, column in enumerate(batch.columns):
            cells[place::width] = column.to_pylist()
        whole, step = batch.num_rows // TOGETHER * TOGETHER * width, TOGETHER * width
        many = (constants + cells[at : at + step] for at in range(0, whole, step))
        with connection.wrap_database_errors:
            connection.connection.executemany(sql + ", ".join([row] * TOGETHER), many)
            if rest := cells[whole:]:
                few = ", ".join([row] * (len(rest) // width))
                connection.connection.execute(sql + few, constants + rest)


def _days_as_text(table: pa.Table) -> pa.Table:
    """Return the table with days as databases read them; SQLite knows no days."""
    for place, field in enumerate(table.schema):
        if pa.types.is_date(field.type):
            table = table.set_column(place, field.name, table[field.name].cast(pa.string()))
    return table


def _is_one_value(column: pa.ChunkedArray) -> bool:
    """Tell whether the column is empty or says the same in every row."""
    if column.null_count:
        return bool(column.null_count == len(column))
    return bool(pc.all(pc.equal(column, column[0])).as_py())


def _copy(target: str, table: pa.Table) -> None:
    """Send columns as CSV written by Arrow: an empty cell without quotes is NULL, with quotes it
    is empty text."""
    from pyarrow import csv

    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {target} FROM STDIN (FORMAT csv)") as copy,
    ):
        for batch in table.to_batches(max_chunksize=AT_ONCE):
            text = io.BytesIO()
            csv.write_csv(batch, text, csv.WriteOptions(include_header=False))
            copy.write(text.getvalue())


def read(sql: str, parameters: Sequence[Any], schema: pa.Schema) -> pa.Table:
    """Return the answer to a query as a table of this schema."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        batches = list(_fetched(cursor, schema))
    return pa.Table.from_batches(batches, schema=schema)


def _fetched(cursor: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while rows := cursor.fetchmany(FETCHED):
        columns = zip(*rows, strict=True)
        arrays = [
            pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def among(column: str, values: list[Any]) -> tuple[str, list[Any]]:
    """Return the condition that a column holds one of many values, with its one parameter."""
    if is_postgresql():
        return f"{column} = ANY(%s)", [values]
    import json

    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(values)]


def new_ids(model: type[Model], count: int) -> list[int]:
    """Reserve ids for rows that refer to each other, inside the transaction that inserts them."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (highest,) = cursor.fetchone()
    return list(range(highest + 1, highest + 1 + count))


def moment(value: Any) -> str:
    """Return a moment as both databases store it."""
    from datetime import UTC

    text = value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    return f"{text}+00:00" if is_postgresql() else text


def moments(column: str) -> str:
    """Return the SQL of the analytics engine that writes a UTC timestamp as the database stores
    it."""
    return (
        f"CAST({column} AS VARCHAR) || '+00:00'"
        if is_postgresql()
        else f"CAST({column} AS VARCHAR)"
    )
