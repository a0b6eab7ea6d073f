"""Rows of an export into the database, in the caller's transaction."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection
from django.utils.translation import gettext as _
from pyarrow import csv

from mainstay.shared import search, tables

from .columns import Column, Kind, columns
from .reading import LONG_BLOCK, as_stored
from .refusals import Refused
from .source import Source
from .tables import TABLES, Table
from .texts import unescaped

# One group of rows is unpacked at once, so no more may hide in it.
LARGEST_GROUP = 2 * 1024**3


def refuse_unknown(source: Source) -> None:
    """Raise if the export holds tables or columns that this installation does not know."""
    known = {table.name: {each.name for each in columns(table.fields)} for table in TABLES}
    for told in source.told["tables"]:
        names = known.get(told["name"])
        unknown = told["name"] if names is None else _first_unknown(told, names)
        if unknown:
            text = _("The export holds “%(name)s”, which is unknown here. Update Mainstay first.")
            raise Refused(text % {"name": unknown})


def _first_unknown(told: dict[str, Any], names: set[str]) -> str:
    every = (str(column["name"]) for column in told["columns"])
    return next((f"{told['name']}.{name}" for name in every if name not in names), "")


def load(source: Source, table: Table, told: dict[str, Any]) -> int:
    """Insert every row of one table and return how many there were."""
    names = {column["name"] for column in told["columns"]}
    several = columns(table.fields)
    known = [each for each in several if each.name in names]
    constants = _constants(table, [each for each in several if each.name not in names])
    rows = 0
    with _told(table):
        for batch in _batches(source, told, known):
            for column in known:
                _refuse_unfit(table, column, batch[column.name])
            tables.insert(table.model, _stored(batch, known, constants))
            rows += len(batch)
    if rows != told["rows"]:
        text = _("“%(name)s” holds %(found)d rows and should hold %(told)d.")
        raise Refused(text % {"name": table.name, "found": rows, "told": told["rows"]})
    return rows


def finish(loaded: list[Table]) -> None:
    """Compare every reference, and let new rows be numbered on from the highest."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        text = _("A row refers to one that is not there (%(why)s); nothing was imported.")
        raise Refused(text % {"why": _first_line(error)}) from error
    statements = connection.ops.sequence_reset_sql(no_style(), [each.model for each in loaded])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def searches_at_the_end() -> Iterator[None]:
    """Leave the search indexes alone while rows come, and make them once."""
    with ExitStack() as stack:
        for table in TABLES:
            if "search" in table.without:
                name = table.model._meta.db_table
                stack.enter_context(search.bulk_writing(connection, name))
        yield


def _batches(source: Source, told: dict[str, Any], known: list[Column]) -> Iterator[pa.Table]:
    path, names = source.path(told["file"]), [each.name for each in known]
    if source.form == "csv":
        yield from _from_text(path, known)
        return
    with pq.ParquetFile(path) as file:
        if set(names) - set(file.schema_arrow.names):
            raise pa.ArrowInvalid("columns are missing")
        for group in range(file.num_row_groups):
            if file.metadata.row_group(group).total_byte_size > LARGEST_GROUP:
                raise pa.ArrowInvalid("a group of rows is too large")
            table = file.read_row_group(group, columns=names)
            arrays = [table[each.name].cast(each.type) for each in known]
            yield pa.table(arrays, names=names)


def _from_text(path: Any, known: list[Column]) -> Iterator[pa.Table]:
    reader = csv.open_csv(
        path,
        csv.ReadOptions(block_size=LONG_BLOCK),
        csv.ParseOptions(newlines_in_values=True),
        as_stored({each.name: each.text_type for each in known}, "true", "false"),
    )
    for batch in reader:
        table = pa.Table.from_batches([batch])
        arrays = [each.from_text(unescaped(table[each.name])) for each in known]
        yield pa.table(arrays, names=[each.name for each in known])


def _stored(batch: pa.Table, known: list[Column], constants: dict[str, Any]) -> pa.Table:
    """Return the rows as the database keeps them, under the names of the fields."""
    postgresql = tables.is_postgresql()
    change = _to_postgresql if postgresql else Column.to_sqlite
    arrays = {each.field.name: change(each, batch[each.name]) for each in known}
    same = {name: pa.repeat(value, len(batch)) for name, value in constants.items()}
    return pa.table({**arrays, **same})


def _to_postgresql(column: Column, values: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.kind is not Kind.BYTES:
        return values
    return pc.binary_join_element_wise("\\x", column.to_text(values), "")


def _constants(table: Table, absent: list[Column]) -> dict[str, Any]:
    """Return what stands in columns that stayed behind, or that the export is too old to have."""
    found = {name: without.instead for name, without in table.without.items()}
    for column in absent:
        field = column.field
        if not (field.null or field.has_default() or field.blank):
            text = _("The export has no column “%(name)s”; export again with a newer Mainstay.")
            raise Refused(text % {"name": f"{table.name}.{column.name}"})
        found[field.name] = field.get_db_prep_save(field.get_default(), connection)
    return found


def _refuse_unfit(table: Table, column: Column, values: pa.ChunkedArray) -> None:
    """Raise for what a database would take that is not as careful as the other."""
    at = f"{table.name}.{column.name}"
    if column.kind is Kind.TEXT:
        longest = column.field.max_length
        if longest and (pc.max(pc.utf8_length(values)).as_py() or 0) > longest:
            text = _("“%(name)s” holds a text of more than %(most)d characters.")
            raise Refused(text % {"name": at, "most": longest})
        if pc.any(pc.match_substring(values, "\0")).as_py():
            raise Refused(_("“%(name)s” holds a control character.") % {"name": at})
    elif column.kind is Kind.WHOLE and not column.field.is_relation:
        low, high = connection.ops.integer_field_range(column.field.get_internal_type())
        found = pc.min_max(values).as_py()
        if (found["min"] or 0) < (low or -(2**63)) or (found["max"] or 0) > (high or 2**63):
            raise Refused(_("“%(name)s” holds a number that is too large.") % {"name": at})


@contextmanager
def _told(table: Table) -> Iterator[None]:
    """Turn what the readers and the database say into a sentence that names the table."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        text = _("“%(name)s” cannot be read (%(why)s): fetch or copy the export again.")
        raise Refused(text % {"name": table.name, "why": _first_line(error)}) from error
    except (IntegrityError, DataError) as error:
        text = _("The database refuses a row of “%(name)s” (%(why)s); nothing was imported.")
        raise Refused(text % {"name": table.name, "why": _first_line(error)}) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
