"""A value run of the site on the cluster: the same rows and parts as from the lake itself."""

from pathlib import Path
from typing import Any

import pytest

from mainstay.value.models import CustomerValue, RunState, ValueRun
from tests.engines.conftest import url_of
from tests.engines.drawn import CUSTOMERS
from tests.engines.test_valuation import assert_close
from tests.factories.customers import CustomerFactory
from tests.factories.value import computed_run

pytestmark = [
    pytest.mark.spark,
    pytest.mark.xdist_group("spark"),
    pytest.mark.django_db,
]

ROUNDED = ("clv_minor", "clv_low_minor", "clv_high_minor", "expected_average_minor")


@pytest.fixture
def numbered() -> None:
    """Known to the site are all customers of the lake but the last."""
    for number in range(1, CUSTOMERS):
        CustomerFactory(pk=number)


def rows_of(run: ValueRun) -> list[dict[str, Any]]:
    found = CustomerValue.objects.filter(run=run).order_by("customer_id").values()
    hidden = {"id", "run_id", *ROUNDED}
    return [{name: row[name] for name in row if name not in hidden} for row in found]


def test_a_run_from_the_cluster_is_the_run_from_the_lake(
    numbered: None, spark: Any, standalone: str, lines: Path
) -> None:
    here = computed_run(source_url=f"parquet:{lines}")
    there = computed_run(source_url=url_of(standalone, lines=str(lines)))

    assert (here.state, there.state) == (RunState.COMPLETE, RunState.COMPLETE), there.reason
    assert there.summary["counts"]["unknown_customers"] == 1
    assert_close(rows_of(there), rows_of(here), "customers")
    told = [{**run.summary, "before": None} for run in (here, there)]
    assert_close(told[1], told[0])
    parts = [dict(run.parts.values_list("key", "content")) for run in (here, there)]
    parts = [{key: part[key] for key in part if key != "moves"} for part in parts]
    assert_close(in_order(parts[1]), in_order(parts[0]), "parts")


def in_order(found: Any) -> Any:
    """Return stored tables, by columns or by rows, with their rows in one order."""
    if isinstance(found, dict):
        made = {key: in_order(value) for key, value in found.items()}
        columns = list(made.values())
        if columns and all(isinstance(c, list) and len(c) == len(columns[0]) for c in columns):
            return sorted(zip(*columns, strict=True), key=but_floats)
        return made
    if isinstance(found, list) and found and isinstance(found[0], dict):
        return sorted((list(row.values()) for row in found), key=but_floats)
    return found


def but_floats(row: Any) -> str:
    return repr([value for value in row if not isinstance(value, float)])
