"""The child process: takes limits on itself, reads one file, writes Arrow or one sentence."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REFUSED = 3


def main() -> int:
    """Do what the message on standard input asks."""
    return answered(_answer)


def answered(answer: "Callable[[dict[str, Any], Any], None]") -> int:
    """Let `answer(message, limits)` work within its limits; return the code to end with."""
    from mainstay.engine.files.limits import Limits, impose
    from mainstay.engine.files.unreadable import Unreadable, gettext_noop

    message = json.loads(sys.stdin.readline())
    limits = Limits(**message["limits"])
    impose(limits)
    try:
        answer(message, limits)
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
    elif layout.format is Format.TEXT:
        from mainstay.engine.files import plain

        _write(plain.batches(path, layout, limits))
    else:
        from mainstay.engine.files import cells

        _write(cells.batches(readers.rows(path, layout, limits), layout, limits))
    sys.stdout.buffer.flush()


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
