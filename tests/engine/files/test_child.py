"""Files through the limited child process: rows, or one sentence."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from mainstay.engine import files


def read(path: Path, limits: files.Limits | None = None) -> tuple[files.Layout, list[dict]]:
    limits = limits or files.Limits()
    layout = files.inspect(path, limits).layout
    batches = list(files.stream(path, layout, limits))
    return layout, [row for batch in batches for row in batch.to_pylist()]


def test_text_rows_carry_their_line_and_number_of_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('id;nazwa\n1;"dwie\nlinie"\n\n2;Łódź;za dużo\n3\n'.encode("cp1250"))

    layout, rows = read(path)

    assert (layout.encoding, layout.delimiter, layout.columns) == ("cp1250", ";", ("id", "nazwa"))
    assert rows == [
        {"line": 2, "cells": 2, "c0": "1", "c1": "dwie\nlinie"},
        {"line": 5, "cells": 3, "c0": "2", "c1": "Łódź"},
        {"line": 6, "cells": 1, "c0": "3", "c1": None},
    ]


def test_workbook_values_are_written_as_a_person_would(tmp_path: Path) -> None:
    path, book = tmp_path / "a.xlsx", Workbook()
    for row in (["id", "amount", "paid"], [1, 2.5, True], [None, None, None], [3, 1e3, None]):
        book.active.append(row)
    book.save(path)

    layout, rows = read(path)

    assert layout.columns == ("id", "amount", "paid")
    assert [(r["line"], r["c0"], r["c1"], r["c2"]) for r in rows] == [
        (2, "1", "2.5", "true"),
        (4, "3", "1000", ""),
    ]


def test_parquet_keeps_types_and_leaves_nested_columns_out(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [1, 2], "tags": [["a"], []], "name": ["x", None]}), path)

    layout, rows = read(path)

    assert layout.columns == ("id", "name")
    assert rows == [{"line": 1, "id": 1, "name": "x"}, {"line": 2, "id": 2, "name": None}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 ...", "not a table"),
        (b"PAR1 nothing", "Parquet file is damaged"),
        (b"PK\x03\x04 nothing", "workbook cannot be read"),
        (b'a,b\n1,"never\n' + b"x" * 2_000_000, "quotation mark is not closed"),
        (b",".join(b"c%d" % i for i in range(3_000)), "3000 columns"),
    ],
)
def test_a_bad_file_gives_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)

    with pytest.raises(files.Unreadable, match=sentence):
        read(path)


def test_limits_on_rows_size_and_existence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 100)

    with pytest.raises(files.Unreadable, match="more than 50 rows"):
        read(path, files.Limits(rows=50))
    with pytest.raises(files.Unreadable, match="larger than"):
        read(path, files.Limits(file_bytes=10))
    with pytest.raises(files.Unreadable, match="no file"):
        read(tmp_path / "absent.csv")


def test_a_reader_that_stops_early_leaves_no_child(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 200_000)
    stream = files.stream(path, files.inspect(path).layout)

    assert next(stream).num_rows == 20_000
    stream.close()


@pytest.mark.shared_data
def test_the_bombs_give_rows_or_a_sentence(shared_file: Callable[[str], Path]) -> None:
    def ends(path: Path) -> str:
        try:
            return f"{len(read(path)[1])} rows."
        except files.Unreadable as refusal:
            return str(refusal)

    bombs = {path.name: ends(path) for path in shared_file("corpora/bombs").iterdir()}

    assert {name: end for name, end in bombs.items() if not end.endswith(".")} == {}
    assert "1048576 rows and 16384 columns" in bombs["sparse.xlsx"]
    assert "columns" in bombs["manycols.csv"]


@pytest.mark.shared_data
def test_csv_spectrum_means_what_its_json_says(shared_file: Callable[[str], Path]) -> None:
    for path in sorted(shared_file("corpora/csv-spectrum/csvs").iterdir()):
        meaning = (path.parent.parent / "json" / f"{path.stem}.json").read_text()
        # the collection lost the carriage returns of its CRLF files
        expected = json.loads(meaning.replace(r"\r\n", r"\n"))

        layout, rows = read(path)

        names = list(layout.columns)
        assert [dict(zip(names, list(r.values())[2:], strict=True)) for r in rows] == expected, path
