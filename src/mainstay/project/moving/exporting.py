"""Write everything there is to a folder or a ZIP file, as it stood at one moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from . import files, manifest, reading
from .columns import Column, columns, schema
from .tables import TABLES, Table
from .target import Sink, Target, sink, target
from .texts import escaped

CHUNK = 1024 * 1024
Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Written:
    tables: int
    rows: int
    files: int


class Writer(Protocol):
    def write_table(self, table: pa.Table, row_group_size: int) -> None: ...


def everything(
    path: Path, *, form: str, now: datetime, report: Report = lambda _name, _done, _total: None
) -> Written:
    """Write the export; nothing is at the path before it is complete.

    Raises:
        Refused: something is there already, or cannot be written.
    """
    with target(path) as to, reading.snapshot() as source:
        tables = []
        for place, table in enumerate(TABLES):
            alive = partial(report, table.name, place, len(TABLES))
            tables.append((table, _table(to, source, table, form, alive)))
        report(files.FOLDER, len(TABLES), len(TABLES))
        copied = [_file(to, name) for name in files.kept()]
        with to.open(manifest.NAME) as told:
            told.write(manifest.written(tables, copied, form=form, now=now))
    rows = sum(found["rows"] for _table, found in tables)
    return Written(len(tables), rows, len(copied))


def _table(
    to: Target, source: Any, table: Table, form: str, alive: Callable[[], None]
) -> dict[str, Any]:
    """Write one table and return what the manifest says of its file."""
    several, rows = columns(table.fields), 0
    alive()
    name = f"tables/{table.name}.{form}"
    with sink(to, name) as file, _writer(file, several, form) as writer:
        for batch in reading.batches(source, table):
            writer.write_table(batch, row_group_size=len(batch))
            rows += len(batch)
            alive()
    return {"file": name, "rows": rows, **file.told()}


@contextmanager
def _writer(file: Sink, several: list[Column], form: str) -> Iterator[Writer]:
    if form == "csv":
        yield _Texts(file, several)
        return
    out = pa.PythonFile(file, mode="w")
    with pq.ParquetWriter(out, schema(several), compression="zstd") as writer:
        yield writer


class _Texts:
    """Writes CSV; a text can never become a formula in a spreadsheet."""

    def __init__(self, file: Sink, several: list[Column]) -> None:
        self.several = several
        types = pa.schema([(each.name, each.text_type) for each in several])
        self.writer = csv.CSVWriter(pa.PythonFile(file, mode="w"), types)

    def write_table(self, table: pa.Table, row_group_size: int) -> None:
        arrays = [escaped(each.to_text(table[each.name])) for each in self.several]
        names = [each.name for each in self.several]
        self.writer.write_table(pa.table(arrays, names=names), max_chunksize=row_group_size)


def _file(to: Target, name: str) -> dict[str, Any]:
    place = f"{files.FOLDER}/{name}"
    with (files.root() / name).open("rb") as source, sink(to, place) as file:
        while chunk := source.read(CHUNK):
            file.write(chunk)
    return {"file": place, **file.told()}
