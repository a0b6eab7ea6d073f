"""Rows of cells as Arrow batches. Runs in the child process only; see `child`."""

import itertools
from collections.abc import Iterator

import pyarrow as pa

from mainstay.engine.files.layout import Layout
from mainstay.engine.files.limits import Limits


def schema(width: int) -> pa.Schema:
    """Return the columns of a batch: `line`, number of `cells`, then one text column per name."""
    texts = [(f"c{number}", pa.string()) for number in range(width)]
    return pa.schema([("line", pa.int64()), ("cells", pa.int32()), *texts])


def batches(
    rows: Iterator[tuple[int, list[str]]], layout: Layout, limits: Limits
) -> Iterator[pa.RecordBatch]:
    """Collect rows into batches."""
    width = len(layout.columns)
    padding = [None] * width
    while piece := list(itertools.islice(rows, limits.batch_rows)):
        cells = [(row if len(row) == width else (row + padding)[:width]) for _, row in piece]
        columns = zip(*cells, strict=True) if width else ()
        arrays = [
            pa.array([line for line, _ in piece], pa.int64()),
            pa.array([len(row) for _, row in piece], pa.int32()),
            *(pa.array([_writable(cell) for cell in column], pa.string()) for column in columns),
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema(width))


def _writable(cell: str | None) -> str | None:
    """Replace half characters, which UTF-16 files can hold and UTF-8 cannot."""
    if cell is None or cell.isascii():
        return cell
    return cell.encode("utf-8", "replace").decode("utf-8")
