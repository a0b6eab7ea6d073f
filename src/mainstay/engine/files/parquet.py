"""Inspect and stream Parquet. Runs in the child process only; see `child`."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mainstay.engine.files.layout import Format, Inspection, Layout
from mainstay.engine.files.limits import Limits
from mainstay.engine.files.unreadable import Unreadable, gettext_noop

PREVIEW_ROWS = 20
SIMPLE = (
    pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal,
    pa.types.is_string, pa.types.is_large_string, pa.types.is_date, pa.types.is_timestamp,
    pa.types.is_dictionary, pa.types.is_null,
)  # fmt: skip


def _open(path: Path, limits: Limits) -> pq.ParquetFile:
    """Open the file and look at its directory before any page is unpacked."""
    try:
        file = pq.ParquetFile(path, memory_map=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _broken() from error
    if file.metadata.num_rows > limits.rows:
        raise Unreadable(
            gettext_noop("The file has more than %(rows)s rows. Split it and import the parts."),
            {"rows": limits.rows},
        )
    if len(_simple(file.schema_arrow)) > limits.columns:
        raise Unreadable(
            gettext_noop(
                "The file has %(found)s columns; at most %(most)s can be read."
                " Leave out what is not needed."
            ),
            {"found": len(file.schema_arrow), "most": limits.columns},
        )
    return file


def _broken() -> Unreadable:
    return Unreadable(
        gettext_noop(
            "The Parquet file is damaged or uses a feature that cannot be read. Write it again."
        )
    )


def _simple(schema: pa.Schema) -> list[str]:
    """Name the columns that hold one plain value in each row; nested ones are left out."""
    names = schema.names
    return [
        f.name for f in schema if any(test(f.type) for test in SIMPLE) and names.count(f.name) == 1
    ]


def columns(path: Path, limits: Limits) -> Layout:
    """Return the columns; only the directory of the file is read."""
    found = _simple(_open(path, limits).schema_arrow)
    if not found:
        raise Unreadable(
            gettext_noop("The Parquet file has no column of plain values (text, numbers, dates).")
        )
    return Layout(Format.PARQUET, columns=tuple(found))


def inspect(path: Path, limits: Limits) -> Inspection:
    """Return the columns and the first rows as text."""
    layout = columns(path, limits)
    rows: list[list[str]] = []
    for batch in stream(path, limits):
        as_text = [
            ["" if v is None else str(v) for v in c.to_pylist()]
            for c in batch.slice(0, PREVIEW_ROWS).columns[1:]
        ]
        rows = [list(row) for row in zip(*as_text, strict=True)]
        break
    return Inspection(layout=layout, rows=rows)


def stream(path: Path, limits: Limits) -> Iterator[pa.RecordBatch]:
    """Yield batches: the row number as `line`, then the plain columns in their own types."""
    file = _open(path, limits)
    columns, line = _simple(file.schema_arrow), 1
    try:
        for batch in file.iter_batches(batch_size=limits.batch_rows, columns=columns):
            numbers = pa.arange(line, line + batch.num_rows)
            line += batch.num_rows
            plain = [
                c.dictionary_decode() if isinstance(c, pa.DictionaryArray) else c
                for c in batch.columns
            ]
            yield pa.RecordBatch.from_arrays([numbers, *plain], ["line", *batch.schema.names])
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _broken() from error
