"""Read a file in a child process with limits on memory and time; a failure becomes one sentence.

Whatever a file does to its reader, abort, exhaust memory, hang, happens to the child. Batches
travel as an Arrow stream.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa

from mainstay.engine.files.layout import Inspection, Layout
from mainstay.engine.files.limits import MIB, Limits
from mainstay.engine.files.unreadable import Unreadable, gettext_noop
from mainstay.engine.files.worker import REFUSED

__all__ = ["Child", "Limits", "inspect", "look", "stream"]

DEFAULTS = Limits()
WORKER = "mainstay.engine.files.worker"


def inspect(path: Path | str, limits: Limits = DEFAULTS) -> Inspection:
    """Return the layout of the file and its first rows, or raise Unreadable."""
    return _ask({"ask": "inspect", "path": str(path)}, limits)


def look(path: Path | str, layout: Layout, limits: Limits = DEFAULTS) -> Inspection:
    """Return the first rows as a chosen encoding, delimiter, sheet or heading shows them."""
    return _ask({"ask": "inspect", "path": str(path), "layout": layout.as_json()}, limits)


def _ask(message: dict[str, Any], limits: Limits) -> Inspection:
    with Child(message, limits) as child:
        answer = child.output.read()
        child.finish()
    found = json.loads(answer)
    return Inspection(Layout.from_json(found["layout"]), found["rows"], found["sheets"])


def stream(path: Path | str, layout: Layout, limits: Limits = DEFAULTS) -> Iterator[pa.RecordBatch]:
    """Yield the rows, or raise Unreadable, possibly after some batches.

    Text and workbooks: `line`, `cells` (how many the row really had), then text columns c0, c1 …
    in the order of `layout.columns`. Parquet: `line`, then the plain columns in their own types.
    """
    with Child({"ask": "rows", "path": str(path), "layout": layout.as_json()}, limits) as child:
        yield from child.batches()
        child.finish()


class Child:
    """One child process and the watch over it."""

    def __init__(self, message: dict[str, Any], limits: Limits, module: str = WORKER) -> None:
        self.limits = limits
        self.silent = False
        self.errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed on exit
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=_environment(),
            start_new_session=True,
        )
        self.output = cast(IO[bytes], self.process.stdout)
        question = cast(IO[bytes], self.process.stdin)
        question.write(json.dumps({**message, "limits": limits.as_json()}).encode() + b"\n")
        question.close()
        self.watch = self._watch()

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.watch.cancel()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.output.close()
        self.errors.close()

    def _watch(self) -> threading.Timer:
        """Stop the child if it gives nothing for too long."""
        timer = threading.Timer(self.limits.silent_seconds, self._stop)
        timer.daemon = True
        timer.start()
        return timer

    def _stop(self) -> None:
        self.silent = True
        self.process.kill()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield batches; only the time the child takes counts, not what is done with them."""
        try:
            with pa.ipc.open_stream(self.output) as reader:
                while True:
                    batch = reader.read_next_batch()
                    self.watch.cancel()
                    yield batch
                    self.watch = self._watch()
        except (StopIteration, pa.ArrowInvalid, OSError, EOFError):
            return  # the end, or cut off: `finish` knows

    def lines(self) -> Iterator[bytes]:
        """Yield lines; only the time the child takes counts, not what is done with them."""
        while line := self.output.readline():
            self.watch.cancel()
            yield line
            self.watch = self._watch()

    def finish(self) -> None:
        """Raise the sentence if the child did not end well."""
        self.output.read()
        code = self.process.wait()
        self.watch.cancel()
        if code == 0:
            return
        self.errors.seek(0)
        raise _refusal(code, self.errors.read(), self.silent, self.limits)


def _environment() -> dict[str, str]:
    """Give the child what Python needs to start, and nothing else (no passwords of the site)."""
    wanted = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
    kept = {name: os.environ[name] for name in wanted if name in os.environ}
    return {
        **kept,
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONUTF8": "1",
    }


def _refusal(code: int, errors: bytes, silent: bool, limits: Limits) -> Unreadable:
    """Say why the child ended."""
    if code == REFUSED:
        said = json.loads(errors.splitlines()[-1])
        return Unreadable(said["message"], said["values"])
    if silent or code == -signal.SIGXCPU:
        return Unreadable(
            gettext_noop("Reading the file takes too long. Save it as CSV, or split it.")
        )
    if code in (-signal.SIGABRT, -signal.SIGKILL) or b"emory" in errors:
        return Unreadable(
            gettext_noop(
                "Reading the file needs more than %(size)s MB of memory."
                " Save it as CSV, or split it."
            ),
            {"size": limits.memory_bytes // MIB},
        )
    return Unreadable(
        gettext_noop(
            "The file is damaged and cannot be read. Open it where it was made and save it again."
        )
    )
