"""What a URL means, and tables in and out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from ibis import _

from mainstay.engine import UnknownSource, connect

TABLE = pa.table({"customer_id": [1, 1, 2], "amount_minor": [10, 20, 5]})


def test_one_parquet_file_is_the_order_lines(tmp_path: Path) -> None:
    pq.write_table(TABLE, tmp_path / "o'rders.parquet")
    engine = connect(f"parquet:{tmp_path / chr(111)}'rders.parquet")

    lines = engine.table("order_lines")
    total = engine.run(lines.group_by("customer_id").agg(total=_.amount_minor.sum()))

    assert sorted(tuple(r.values()) for r in total.to_pylist()) == [(1, 30), (2, 5)]


@pytest.mark.parametrize("name", ["order_lines.parquet", "order_lines/2025/a.parquet", "x.parquet"])
def test_a_folder_holds_tables(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(TABLE, tmp_path / name)

    engine = connect(f"parquet://{tmp_path}")

    assert engine.run(engine.table("order_lines").count()).to_pydict().popitem()[1] == [3]


def test_a_database_file_is_read_only(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "a.db") as made:
        made.execute("CREATE TABLE order_lines AS SELECT 1 AS customer_id")
    engine = connect(f"duckdb://{tmp_path / 'a.db'}")

    assert engine.run(engine.table("order_lines")).num_rows == 1
    with pytest.raises(UnknownSource, match="no table “orders”"):
        engine.table("orders")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://x", "names no known source"),
        ("orders", "names no known source"),
        ("parquet:/nowhere/at/all", "nothing at"),
        ("duckdb:///nowhere/a.db", "no database file"),
    ],
)
def test_a_wrong_url_gives_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(UnknownSource, match=sentence):
        connect(url)


def test_damaged_and_absent_files_give_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnknownSource, match="no Parquet files"):
        connect(f"parquet:{tmp_path}").table("order_lines")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(UnknownSource, match="damaged"):
        connect(f"parquet:{tmp_path}").table("order_lines")


def test_written_parquet_appears_whole_and_a_kept_table_is_computed_once(tmp_path: Path) -> None:
    engine = connect("duckdb://")
    pq.write_table(TABLE, tmp_path / "in.parquet")
    kept = engine.keep(engine.read_parquet([tmp_path / "in.parquet"]).filter(_.amount_minor > 5))

    engine.write_parquet(kept, tmp_path / "out" / "big.parquet")

    assert pq.read_table(tmp_path / "out" / "big.parquet").num_rows == 2
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["big.parquet"]


def test_sums_come_in_the_types_that_the_expression_promises(tmp_path: Path) -> None:
    engine = connect("duckdb://")
    pq.write_table(TABLE, tmp_path / "in.parquet")
    lines = engine.read_parquet([tmp_path / "in.parquet"])
    total = lines.group_by("customer_id").agg(total=_.amount_minor.sum())

    assert engine.run(total).schema.field("total").type == pa.int64()
    assert engine.run(engine.keep(total)).schema.field("total").type == pa.int64()


def test_a_function_gets_rows_in_order_and_its_rows_are_a_table() -> None:
    engine = connect("duckdb://")
    drawn = engine.load(pa.table({"customer_id": [2, 1, 3, 1], "amount": [5, 6, 7, 8]}))
    schema = pa.schema([("customer_id", pa.int64()), ("doubled", pa.int64())])

    def doubled(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            twice = pc.multiply(batch["amount"], 2)
            yield pa.record_batch([batch["customer_id"], twice], schema=schema)

    found = engine.mapped(drawn, doubled, schema=schema, order=["customer_id", "amount"])

    assert engine.run(found)["doubled"].to_pylist() == [12, 16, 10, 14]
    assert engine.run(found.filter(_.doubled > 12).count())[0].to_pylist() == [2]


def test_threads_share_an_engine_while_a_function_still_reads_its_rows() -> None:
    engine = connect("duckdb://")
    lines = engine.load(pa.table({"n": range(1_000_000)}))
    schema = pa.schema([("n", pa.int64())])

    def total(place: int) -> int:
        kept = engine.keep(lines.filter(_.n % 8 == place))
        found = engine.mapped(kept, lambda batches: batches, schema=schema, order=("n",))
        return int(engine.run(found.agg(total=_.n.sum()))["total"][0].as_py())

    with ThreadPoolExecutor(4) as threads:
        totals = list(threads.map(total, range(8)))

    assert sum(totals) == 999_999 * 1_000_000 // 2
