"""The columnar mirror: order lines as Parquet by month, and one row per order beside them.

A mirror is a folder. Parquet files in it are never changed; `contents.json` names the files that
count, and replacing that one file makes a whole change visible at once. A process that dies in the
middle leaves files that nothing names; the next change sweeps them away. Writers take turns.

An order has one day, so all its lines lie in one month.
"""

import fcntl
import json
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from mainstay.engine.atomic import appearing
from mainstay.engine.mirror_parts import LINES, Parts, without, write_facts

CONTENTS = "contents.json"
TABLES = ("order_lines", "orders")
Contents = dict[str, dict[str, list[str]]]  # table -> month -> file names


def folder_of(url: str) -> Path:
    """Return the folder that a mirror's URL (parquet:/path) means."""
    kind, _, path = url.partition(":")
    if kind != "parquet" or not path:
        raise ValueError(f"“{url}” is no mirror. Write parquet:/path/to/folder.")
    return Path(path.removeprefix("//"))


def is_mirror(folder: Path) -> bool:
    """Tell whether the folder holds a mirror."""
    return (folder / CONTENTS).is_file()


def files(folder: Path, table: str) -> list[Path]:
    """Return the files that make up a table now."""
    months = _contents(folder).get(table, {})
    return [folder / name for month in sorted(months) for name in months[month]]


def append(url: str, lines: Iterable[pa.RecordBatch]) -> int:
    """Add lines of orders that the mirror does not have; return how many."""
    return _change(url, lines, replaces=False)


def replace(url: str, lines: Iterable[pa.RecordBatch]) -> int:
    """Put whole orders in the place of what the mirror had of them; return how many lines."""
    return _change(url, lines, replaces=True)


def remove(url: str, order_ids: Collection[int]) -> None:
    """Take orders out."""
    with _changing(folder_of(url)) as (folder, contents):
        touched = _leave_out(folder, contents, "order_id", pa.array(sorted(order_ids), pa.int64()))
        _refresh_facts(folder, contents, touched)


def rebuild(url: str, lines: Iterable[pa.RecordBatch]) -> int:
    """Make the mirror anew of these lines; the old one is read until the new one is complete."""
    with _changing(folder_of(url)) as (folder, contents):
        for table in TABLES:
            contents[table] = {}
        parts = _write(folder, lines)
        contents["order_lines"] = {month: [name] for month, name in parts.names.items()}
        _refresh_facts(folder, contents, parts.names)
    return parts.rows


def erase(url: str, customer_ids: Collection[int]) -> None:
    """Take persons out of every file, and delete at once every file that held them."""
    with _changing(folder_of(url), erases=True) as (folder, contents):
        ids = pa.array(sorted(customer_ids), pa.int64())
        _refresh_facts(folder, contents, _leave_out(folder, contents, "customer_id", ids))


def _change(url: str, lines: Iterable[pa.RecordBatch], *, replaces: bool) -> int:
    with _changing(folder_of(url)) as (folder, contents):
        parts = _write(folder, lines)
        touched = set(parts.names)
        if replaces and parts.order_ids:
            named = pc.unique(pa.chunked_array(parts.order_ids))
            touched |= _leave_out(folder, contents, "order_id", named)
        for month, name in parts.names.items():
            contents["order_lines"].setdefault(month, []).append(name)
        _refresh_facts(folder, contents, touched)
    return parts.rows


def _write(folder: Path, lines: Iterable[pa.RecordBatch]) -> Parts:
    parts = Parts(folder)
    with parts:
        for batch in lines:
            parts.add(batch)
    return parts


def _leave_out(folder: Path, contents: Contents, column: str, ids: pa.Array) -> set[str]:
    """Write anew each file that holds one of the ids; return the months touched."""
    touched = set()
    for month, names in contents["order_lines"].items():
        kept = []
        for name in names:
            remaining = without(folder / name, column, ids)
            if remaining is None:
                kept.append(name)
                continue
            touched.add(month)
            if remaining.num_rows:
                kept.append(_write_one(folder, month, remaining))
        contents["order_lines"][month] = kept
    return touched


def _write_one(folder: Path, month: str, rows: pa.Table) -> str:
    parts = Parts(folder)
    with parts:
        for batch in rows.to_batches():
            parts.put(month, pa.table(batch))
    return parts.names[month]


def _refresh_facts(folder: Path, contents: Contents, months: Iterable[str]) -> None:
    """Count the orders of these months again from their lines."""
    facts = {}
    for month in months:
        if lines := contents["order_lines"].get(month):
            name = f"orders-{month}-{secrets.token_hex(8)}.parquet"
            facts[folder / name] = [folder / line for line in lines]
            contents["orders"][month] = [name]
        else:
            contents["order_lines"].pop(month, None)
            contents["orders"].pop(month, None)
    write_facts(facts)


@contextmanager
def _changing(folder: Path, *, erases: bool = False) -> Iterator[tuple[Path, Contents]]:
    """Take the turn, hand out the contents, and publish them if nothing failed.

    The files of the contents before stay until the next change, since somebody may be reading
    them; not so where persons are erased.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        contents = {**{table: {} for table in TABLES}, **_contents(folder)}
        before = [path.name for table in TABLES for path in files(folder, table)]
        contents["before"] = {"": [] if erases else before}
        try:
            yield folder, contents
            with appearing(folder / CONTENTS) as unfinished:
                unfinished.write_text(json.dumps(contents))
        finally:
            _sweep(folder)


def _contents(folder: Path) -> Any:
    path = folder / CONTENTS
    return json.loads(path.read_text()) if path.exists() else {}


def _sweep(folder: Path) -> None:
    """Delete what the contents do not name: old files, and those of a process that died."""
    named = {path.name for table in (*TABLES, "before") for path in files(folder, table)}
    for path in folder.iterdir():
        if path.name not in named and path.name not in (CONTENTS, "turn"):
            path.unlink(missing_ok=True)


__all__ = ["LINES", "append", "erase", "files", "rebuild", "remove", "replace"]
