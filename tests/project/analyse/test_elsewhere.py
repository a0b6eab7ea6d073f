"""`mainstay analyse` on order lines that lie elsewhere."""

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mainstay.project.analyse import command

from .test_command import TINY, drawn


def lake(folder: Path, **columns: list[Any]) -> str:
    drawn = {"customer_id": [1, 1, 2], "day": [dt.date(2025, m, 3) for m in (1, 2, 2)]}
    drawn |= {"amount_minor": [1000, 2000, 550]} | columns
    (folder / "lake").mkdir()
    kept = {name: values for name, values in drawn.items() if values}
    pq.write_table(pa.table(kept), folder / "lake" / "order_lines.parquet")
    return f"parquet:{folder / 'lake'}"


def test_a_lake_is_valued_where_it_lies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url, out = lake(tmp_path), tmp_path / "out"

    assert command.run([url, "--out", str(out), "--as-of", "2025-03-01"]) == 0

    found = pq.read_table(out / "customers.parquet").sort_by("customer_id")
    assert found.select(["customer_id", "revenue_minor"]).to_pylist() == [
        {"customer_id": 1, "revenue_minor": 3000},
        {"customer_id": 2, "revenue_minor": 550},
    ]
    assert "3 lines, 2 customers" in capsys.readouterr().out
    assert "The order lines stay in" in (out / "report.html").read_text("utf-8")


def test_customers_of_a_lake_can_be_kept_beside_it(tmp_path: Path) -> None:
    place, out = tmp_path / "scores.parquet", tmp_path / "out"

    assert command.run([lake(tmp_path), "--out", str(out), "--customers", str(place)]) == 0

    assert pq.read_table(place).num_rows == 2
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "summary.json"]
    assert ">30.00<" in (out / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": []}, "no column day"),
        ({"day": ["3.1.25", "3.2.25", "x"]}, "column day holds string"),
    ],
)
def test_a_lake_of_other_columns_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], words: str
) -> None:
    assert command.run([lake(tmp_path, **changes), "--out", str(tmp_path / "out")]) == 1

    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_empty_lake_is_no_mistake(tmp_path: Path) -> None:
    empty = {"customer_id": pa.array([], pa.int64()), "day": pa.array([], pa.date32())}
    (tmp_path / "lake").mkdir()
    rows = pa.table(empty | {"amount_minor": pa.array([], pa.int64())})
    pq.write_table(rows, tmp_path / "lake" / "order_lines.parquet")
    words = [f"parquet:{tmp_path / 'lake'}", "--out", str(tmp_path / "out")]

    assert command.run([*words, "--customers", str(tmp_path / "scores.parquet")]) == 0

    assert pq.read_table(tmp_path / "scores.parquet").num_rows == 0


def test_customers_of_a_file_have_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(drawn(tmp_path, TINY)), "--out", str(tmp_path / "out"), "--customers", "x"]

    assert command.run(words) == 2

    assert "sources elsewhere" in capsys.readouterr().err
