"""Text read in pieces says the same as Python's `csv`, however the pieces are cut."""

import random
from pathlib import Path
from typing import Any

import pytest

from mainstay.engine.files import cells, plain, readers
from mainstay.engine.files.layout import Format, Layout
from mainstay.engine.files.limits import Limits
from mainstay.engine.files.unreadable import Unreadable

LIMITS = Limits()
FILES = 400
ODD = ('"a\nb"', 'a"b', '"x', '"a"b', "\r", "\0", "\ufeff")
USUAL = ("1", "ab", "", " x ", "2025-01-01 10:00", '"q""1, z"', "ż")


def layout(encoding: str, *, header: bool = True) -> Layout:
    return Layout(Format.TEXT, encoding, ",", header, ("a", "b", "c"))


def told(batches: Any) -> object:
    """Return all rows, or the sentence of the refusal."""
    try:
        return [row for batch in batches for row in batch.to_pylist()]
    except Unreadable as refusal:
        return refusal.message


def text(rng: random.Random) -> str:
    """Return a table that is clean, or odd in a few places."""
    oddness, end = rng.choice([0, 0, 0.02, 0.1]), rng.choice(["\n", "\r\n"])

    def row() -> str:
        width = rng.randint(0, 5) if rng.random() < oddness else 3
        return ",".join(rng.choice(ODD if rng.random() < oddness else USUAL) for _ in range(width))

    return end.join(["a,b,c", *(row() for _ in range(rng.randint(0, 40)))]) + rng.choice(["", end])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_pieces_say_what_csv_says(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "PIECE", 97)
    rng, path = random.Random(f"20261123 {encoding}"), tmp_path / "a.csv"
    for _ in range(FILES):
        path.write_bytes(text(rng).encode(encoding))
        how = layout(encoding, header=rng.random() < 0.8)

        slow = told(cells.batches(readers.rows(path, how, LIMITS), how, LIMITS))

        assert told(plain.batches(path, how, LIMITS)) == slow, path.read_bytes()


def test_clean_pieces_never_reach_the_csv_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "PIECE", 64)
    monkeypatch.setattr(readers, "rows_in", None)
    path = tmp_path / "a.csv"
    path.write_bytes("".join(['"a","b",c\r\n', *['1,"x, ""y""",ż\r\n'] * 50]).encode("cp1250"))

    rows = [r for b in plain.batches(path, layout("cp1250"), LIMITS) for r in b.to_pylist()]

    assert len(rows) == 50
    assert rows[-1] == {"line": 51, "cells": 3, "c0": "1", "c1": 'x, "y"', "c2": "ż"}


def test_too_many_rows_are_refused_in_pieces_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n" + "1,2,3\n" * 11)

    with pytest.raises(Unreadable, match="more than 10 rows"):
        list(plain.batches(path, layout("utf-8"), Limits(rows=10)))
