"""Which Parquet files a place means, here and on a cluster."""

from pathlib import Path

from mainstay.engine.lake import files_of


def test_a_cluster_is_told_each_file_of_a_table_that_this_machine_sees(tmp_path: Path) -> None:
    for name in ("order_lines/2025-01/a.parquet", "order_lines/2025-02/b.parquet", "x.parquet"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert files_of(str(tmp_path), "order_lines") == [
        str(tmp_path / "order_lines/2025-01/a.parquet"),
        str(tmp_path / "order_lines/2025-02/b.parquet"),
    ]


def test_a_place_that_only_the_workers_see_is_named_as_it_is(tmp_path: Path) -> None:
    assert files_of("hdfs://names/sales", "order_lines") == ["hdfs://names/sales"]
    assert files_of(str(tmp_path / "elsewhere"), "order_lines") == [str(tmp_path / "elsewhere")]
