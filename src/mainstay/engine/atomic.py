"""Files that appear complete or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Yield the name to write under; then the file takes its place, or after a failure is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")
    try:
        yield unfinished
        to_disk(unfinished)
        unfinished.replace(path)
        to_disk(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Wait until the file, or the entries of the folder, would survive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
