"""Bring the rows of a file, read by the limited child process, to Parquet as they stand there."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_PER_GROUP = 200_000


def keep(
    batches: Iterable[pa.RecordBatch],
    target: Path,
    *,
    columns: Sequence[int],
    seen: Callable[[int], None] = lambda rows: None,
) -> int:
    """Write the numbered columns of the file as c0, c1 … to `target`, whole or not at all; return
    the number of rows."""
    unfinished = target.with_suffix(".unfinished")
    writer: pq.ParquetWriter | None = None
    waiting: list[pa.RecordBatch] = []
    rows = held = 0
    for batch in batches:
        picked = _picked(batch, columns)
        writer = writer or pq.ParquetWriter(unfinished, picked.schema, compression="snappy")
        waiting.append(picked)
        rows, held = rows + picked.num_rows, held + picked.num_rows
        if held >= ROWS_PER_GROUP:
            writer.write_table(pa.Table.from_batches(waiting))
            waiting, held = [], 0
            seen(rows)
    if writer:
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))
        writer.close()
        unfinished.replace(target)
    return rows


def _picked(batch: pa.RecordBatch, columns: Sequence[int]) -> pa.RecordBatch:
    """Keep the line, the number of cells where the file can have too few, and the wanted
    columns."""
    leading = ["line"]
    # Text and workbooks only; a Parquet column may happen to be called so.
    if batch.num_columns > 1 and batch.schema.field(1).equals(pa.field("cells", pa.int32())):
        leading.append("cells")
    arrays = [batch.column(index) for index in range(len(leading))]
    arrays += [batch.column(len(leading) + number) for number in columns]
    return pa.RecordBatch.from_arrays(arrays, [*leading, *(f"c{number}" for number in columns)])
