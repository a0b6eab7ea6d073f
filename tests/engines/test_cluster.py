"""What a cluster does not have or cannot do is a sentence."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mainstay.engine import Engine, Unanswered, UnknownSource, connect
from mainstay.project.analyse import command
from tests.engines.conftest import url_of

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]


def test_a_table_that_is_not_there(spark: Engine, standalone: str) -> None:
    with pytest.raises(UnknownSource, match="has no table “order_lines”"):
        spark.table("order_lines")
    there = connect(url_of(standalone).replace("?", "/sales?"))
    with pytest.raises(UnknownSource, match=r"has no table “sales.order_lines”"):
        there.table("order_lines")
    there.close()


def test_files_that_are_not_there_or_damaged(
    spark: Engine, standalone: str, tmp_path: Path
) -> None:
    (tmp_path / "damaged.parquet").write_bytes(b"PAR1 not really")
    for place in (tmp_path / "nowhere", tmp_path / "damaged.parquet"):
        engine = connect(url_of(standalone, lines=str(place)))
        with pytest.raises(UnknownSource, match="no readable Parquet files at"):
            engine.table("order_lines")
        engine.close()


def test_a_missing_column(
    spark: Engine, standalone: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pq.write_table(pa.table({"customer_id": [1], "amount_minor": [5]}), tmp_path / "a.parquet")
    url = url_of(standalone, lines=str(tmp_path))

    assert command.run([url, "--out", str(tmp_path / "out")]) == 1

    said = capsys.readouterr().err
    assert "no column day" in said
    assert said.count("\n") == 1


def test_a_function_that_fails_there(spark: Engine) -> None:
    rows = pa.table({"n": [1, 2]})

    def fails(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        next(batches)
        raise ValueError("3 is no day")

    made = spark.mapped(spark.load(rows), fails, schema=rows.schema)

    with pytest.raises(Unanswered, match=r"cannot do it \(.*ValueError: 3 is no day\)"):
        spark.run(made)


def test_two_clusters_at_once(spark: Engine) -> None:
    with pytest.raises(UnknownSource, match="already works with spark"):
        connect("spark://127.0.0.2:7077")
