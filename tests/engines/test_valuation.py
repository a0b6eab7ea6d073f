"""A complete valuation on the cluster beside the same one in DuckDB."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.testing import assert_allclose

from mainstay.analysis import tables, valuation
from mainstay.analysis.valuation import Parameters, Valuation
from mainstay.engine import Engine, UnknownSource, connect
from tests.engines.conftest import url_of
from tests.engines.drawn import AS_OF

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]

POLICY = Parameters(as_of=AS_OF, compare=True)


def valued(url: str) -> Valuation:
    engine = connect(url)
    try:
        lines = tables.canonical(engine.table("order_lines"))
        return valuation.value(lines, engine=engine, parameters=POLICY)
    finally:
        engine.close()


@pytest.fixture(scope="session")
def here(lines: Path) -> Valuation:
    return valued(f"parquet:{lines}")


@pytest.fixture(scope="session")
def there(standalone: str, spark: Engine, lines: Path) -> Valuation:
    return valued(url_of(standalone, lines=str(lines)))


def test_whole_numbers_ranks_classes_and_scores_are_the_same(
    here: Valuation, there: Valuation
) -> None:
    one, other = (found.customers.sort_by("customer_id") for found in (here, there))

    assert one.schema.equals(other.schema)
    exact = [field.name for field in one.schema if not pa.types.is_floating(field.type)]
    assert {"revenue_minor", "revenue_rank", "abc_class", "rfm", "segment"} <= set(exact)
    for name in set(exact) - set(valuation_in_minor(exact)):
        assert one[name].equals(other[name]), name


def test_everything_else_is_the_same_to_a_billionth(here: Valuation, there: Valuation) -> None:
    one, other = (found.customers.sort_by("customer_id") for found in (here, there))

    for name in one.column_names:
        if pa.types.is_floating(one[name].type):
            assert_allclose(other[name].to_numpy(), one[name].to_numpy(), rtol=1e-9, err_msg=name)
    for name in valuation_in_minor(one.column_names):  # rounded
        assert_allclose(other[name].to_numpy(), one[name].to_numpy(), atol=1, err_msg=name)
    assert_close(there.summary, here.summary)
    assert there.fingerprint == here.fingerprint


def valuation_in_minor(names: list[str]) -> list[str]:
    """Return the forecasts that are rounded to whole minor units."""
    return [name for name in names if name.startswith(("clv_", "expected_average"))]


def assert_close(found: Any, wanted: Any, path: str = "summary") -> None:
    """Compare plain values, floats to a billionth."""
    if isinstance(wanted, dict):
        assert found.keys() == wanted.keys(), path
        for key in wanted:
            assert_close(found[key], wanted[key], f"{path}.{key}")
    elif isinstance(wanted, list | tuple):
        assert len(found) == len(wanted), path
        for place, (one, other) in enumerate(zip(found, wanted, strict=True)):
            assert_close(one, other, f"{path}[{place}]")
    elif isinstance(wanted, float):
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9), path
    else:
        assert found == wanted, path


def test_the_cluster_writes_the_scores_itself(
    standalone: str, spark: Engine, lines: Path, there: Valuation, tmp_path: Path
) -> None:
    engine = connect(url_of(standalone, lines=str(lines)))
    try:
        rows = tables.canonical(engine.table("order_lines"))
        found = valuation.value_there(rows, engine=engine, parameters=POLICY)

        engine.write_parquet(found.customers, tmp_path / "scores")

        with pytest.raises(UnknownSource, match="There is something at"):
            engine.write_parquet(found.customers, tmp_path / "scores")
    finally:
        engine.close()
    assert [path.name for path in tmp_path.iterdir()] == ["scores"]
    files = list((tmp_path / "scores").glob("*.parquet"))
    assert "parquet-mr" in pq.ParquetFile(files[0]).metadata.created_by  # the cluster's own writer
    written = pq.read_table(tmp_path / "scores").sort_by("customer_id")
    assert written["clv_minor"].equals(there.customers.sort_by("customer_id")["clv_minor"])


def test_an_empty_base_is_as_empty_there(spark: Engine) -> None:
    none = pa.table(
        {"customer_id": pa.array([], pa.int64()), "day": pa.array([], pa.date32())}
        | {"amount_minor": pa.array([], pa.int64())}
    )
    policy = Parameters(as_of=date(2026, 1, 1))

    found = valuation.value(spark.load(none), engine=spark, parameters=policy)

    assert (found.summary["n"], found.customers.num_rows) == (0, 0)
