"""Tables out of the database as Arrow batches, in the order of their keys, in constant memory.

PostgreSQL writes CSV (COPY), which Arrow reads without a Python value per cell; SQLite hands over
rows, a few thousand at a time.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from django.db import connection
from pyarrow import csv

from .columns import Column, Kind, columns, schema
from .tables import Table

ROWS, ROWS_WITH_FILES = 20_000, 16
BLOCK = 8 * 1024 * 1024
# A row must fit into a block: those that hold documents of any length get larger ones.
LONG_BLOCK = 64 * 1024 * 1024


@contextmanager
def snapshot() -> Iterator[Any]:
    """Yield a connection that sees one moment of the database, however long it reads.

    It is one of its own, so that progress can be written meanwhile; nobody waits for it.
    """
    if connection.in_atomic_block:
        yield connection  # the caller's transaction is the moment
        return
    own = connection.copy()
    own.inc_thread_sharing()  # Arrow reads ahead in a thread
    began = "REPEATABLE READ, READ ONLY" if own.vendor == "postgresql" else ""
    try:
        with own.cursor() as cursor:
            cursor.execute(f"BEGIN TRANSACTION {'ISOLATION LEVEL ' if began else ''}{began}")
        yield own
    finally:
        own.close()


def batches(source: Any, table: Table) -> Iterator[pa.Table]:
    """Yield the rows of a table, always so many at once: equal rows make equal files."""
    several = columns(table.fields)
    read = _from_postgresql if source.vendor == "postgresql" else _from_sqlite
    yield from _evenly(read(source, table, several), several, rows_at_once(several))


def rows_at_once(several: list[Column]) -> int:
    return ROWS_WITH_FILES if any(each.kind is Kind.BYTES for each in several) else ROWS


def _from_sqlite(source: Any, table: Table, several: list[Column]) -> Iterator[pa.RecordBatch]:
    source.ensure_connection()
    cursor = source.connection.cursor()
    # The sign keeps Python's driver from making moments and numbers of texts, value by value.
    cursor.execute(_select(source, table, [f"+{_quoted(source, each)}" for each in several]))
    while rows := cursor.fetchmany(rows_at_once(several)):
        pairs = zip(several, zip(*rows, strict=True), strict=True)
        arrays = [column.from_sqlite(values) for column, values in pairs]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema(several))


def _from_postgresql(source: Any, table: Table, several: list[Column]) -> Iterator[pa.RecordBatch]:
    query = _select(source, table, [_as_text(source, each) for each in several])
    long = any(each.kind in (Kind.BYTES, Kind.JSON) for each in several)
    with source.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy:
        pipe = Pipe(copy)
        if pipe.is_empty():
            return
        names = [each.name for each in several]
        reader = csv.open_csv(
            pa.PythonFile(pipe, mode="r"),
            csv.ReadOptions(column_names=names, block_size=LONG_BLOCK if long else BLOCK),
            csv.ParseOptions(newlines_in_values=True),
            as_stored({each.name: each.text_type for each in several}, "t", "f"),
        )
        for batch in reader:
            arrays = [each.from_postgresql(batch.column(each.name)) for each in several]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema(several))


def as_stored(types: dict[str, pa.DataType], yes: str, no: str) -> csv.ConvertOptions:
    """Return how cells are read: without quotes and empty is nothing, in quotes an empty text."""
    return csv.ConvertOptions(
        column_types=types,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        true_values=[yes],
        false_values=[no],
    )


def _as_text(source: Any, column: Column) -> str:
    name = _quoted(source, column)
    match column.kind:
        case Kind.MOMENT:
            return f"({name} AT TIME ZONE 'UTC')::text || 'Z'"
        case Kind.BYTES:
            return f"encode({name}, 'hex')"
    return name


def _select(source: Any, table: Table, expressions: list[str]) -> str:
    quote = source.ops.quote_name
    key = quote(table.model._meta.pk.column)
    return (
        f"SELECT {', '.join(expressions)} FROM {quote(table.model._meta.db_table)} ORDER BY {key}"  # noqa: S608  names come from the models
    )


def _quoted(source: Any, column: Column) -> str:
    return str(source.ops.quote_name(column.field.column))


def _evenly(
    found: Iterator[pa.RecordBatch], several: list[Column], size: int
) -> Iterator[pa.Table]:
    kept = schema(several).empty_table()
    for batch in found:
        kept = pa.concat_tables([kept, pa.Table.from_batches([batch])])
        while len(kept) >= size:
            yield kept.slice(0, size)
            kept = kept.slice(size)
    if len(kept):
        yield kept


class Pipe(io.RawIOBase):
    """A COPY as a file that is read on."""

    def __init__(self, copy: Any) -> None:
        self._rows = iter(copy)
        self._kept = bytearray()

    def readable(self) -> bool:
        return True

    def is_empty(self) -> bool:
        self._fill(1)
        return not self._kept

    def read(self, size: int = -1) -> bytes:
        self._fill(size)
        read = bytes(self._kept[:size])
        del self._kept[:size]
        return read

    def _fill(self, size: int) -> None:
        kept = self._kept
        for row in self._rows:
            kept += row
            if len(kept) >= size:
                break
