"""The child process: takes limits on itself, reads one file, writes Arrow or one sentence."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REFUSED = 3


def main() -> int:
    """Do what the message on standard input asks."""
    from mainstay.engine.files.limits import Limits, impose
    from mainstay.engine.files.unreadable import Unreadable, gettext_noop

    message = json.loads(sys.stdin.readline())
    limits = Limits(**message["limits"])
    impose(limits)
    try:
        _answer(message, limits)
    except Unreadable as refusal:
        return _refuse(refusal.message, refusal.values)
    except MemoryError:
        return _refuse(
            gettext_noop(
                "Reading the file needs more than %(size)s MB of memory."
                " Save it as CSV, or split it."
            ),
            {"size": limits.memory_bytes >> 20},
        )
    except BrokenPipeError:
        return 0  # the reader has seen enough
    return 0


def _answer(message: dict[str, Any], limits: Any) -> None:
    from mainstay.engine.files import readers
    from mainstay.engine.files.layout import Format, Layout

    path = Path(message["path"])
    if message["ask"] == "inspect":
        chosen = message.get("layout")
        found = readers.inspect(path, limits, Layout.from_json(chosen) if chosen else None)
        answer = {"layout": found.layout.as_json(), "rows": found.rows, "sheets": found.sheets}
        sys.stdout.buffer.write(json.dumps(answer, default=str).encode("utf-8", "replace"))
        return
    layout = Layout.from_json(message["layout"])
    if layout.format is Format.PARQUET:
        from mainstay.engine.files import parquet

        _write(parquet.stream(path, limits))
    else:
        _write(_batches(readers.rows(path, layout, limits), layout, limits))
    sys.stdout.buffer.flush()


def _batches(rows: Any, layout: Any, limits: Any) -> Iterator[Any]:
    """Collect rows into batches: `line`, number of `cells`, then one text column per name."""
    import itertools

    import pyarrow as pa

    width = len(layout.columns)
    names = ["line", "cells", *(f"c{number}" for number in range(width))]
    schema = pa.schema(
        [("line", pa.int64()), ("cells", pa.int32()), *((n, pa.string()) for n in names[2:])]
    )
    padding = [None] * width
    while piece := list(itertools.islice(rows, limits.batch_rows)):
        cells = [(row if len(row) == width else (row + padding)[:width]) for _, row in piece]
        columns = zip(*cells, strict=True) if width else ()
        arrays = [
            pa.array([line for line, _ in piece], pa.int64()),
            pa.array([len(row) for _, row in piece], pa.int32()),
            *(pa.array([_writable(cell) for cell in column], pa.string()) for column in columns),
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _writable(cell: str | None) -> str | None:
    """Replace half characters, which UTF-16 files can hold and UTF-8 cannot."""
    if cell is None or cell.isascii():
        return cell
    return cell.encode("utf-8", "replace").decode("utf-8")


def _write(batches: Iterator[Any]) -> None:
    """Write an Arrow stream; an input without rows writes nothing."""
    import pyarrow as pa

    writer = None
    for batch in batches:
        writer = writer or pa.ipc.new_stream(sys.stdout.buffer, batch.schema)
        writer.write_batch(batch)
    if writer:
        writer.close()


def _refuse(message: str, values: dict[str, Any]) -> int:
    """Hand the sentence to the parent."""
    sys.stderr.write("\n" + json.dumps({"message": message, "values": values}))
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
