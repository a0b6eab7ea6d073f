"""The pass over sorted lines beside two aggregations by expressions, on drawn lines."""

from datetime import date, timedelta
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainstay.analysis.value import days, facts
from mainstay.analysis.value.one_pass import whole_customers

from . import by_expression
from .drawn import AS_OF, DUCK

SPLIT = date(2025, 3, 31)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["anna", "boris", "chen", "d", None]),
        st.integers(-30, 900).map(lambda back: AS_OF - timedelta(back)),
        st.integers(-300, 900) | st.none(),
        st.sampled_from([None, -1.0, 0.0, 2.0]),
        st.none() | st.integers(0, 300),
    ),
    max_size=60,
)
KINDS = [pa.string(), pa.date32(), pa.int64(), pa.float64(), pa.int64()]
NAMES = ["customer_id", "day", "amount_minor", "quantity", "cost_minor"]


def table(rows: list[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(NAMES)
    return pa.table([pa.array(c, k) for c, k in zip(columns, KINDS, strict=True)], names=NAMES)


@given(LINES)
def test_one_pass_finds_what_aggregations_find(rows: list[tuple[Any, ...]]) -> None:
    lines = DUCK.load(table(rows))
    counted = days.counted(lines, as_of=AS_OF)
    function = facts.customer_facts(counted, as_of=AS_OF, split=SPLIT)

    found = DUCK.mapped(counted, function, schema=function.schema, order=facts.ORDER)

    kept = DUCK.keep(days.purchase_days(lines, as_of=AS_OF))
    expected = by_expression.customer_facts(kept, as_of=AS_OF, split=SPLIT)
    both = [DUCK.run(e).sort_by("customer_id") for e in (expected, facts.customers(found))]
    filled = [one["calibration_minor"].fill_null(0) for one in both]
    assert filled[0].equals(filled[1])
    for name in set(both[0].column_names) - {"calibration_minor"}:
        assert both[0][name].to_pylist() == both[1][name].to_pylist()
    by_day = [by_expression.occasions_by_day(kept), facts.occasions_by_day(found)]
    assert DUCK.run(by_day[0]).to_pylist() == DUCK.run(by_day[1]).to_pylist()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_no_customer_is_torn_whatever_the_batches(size: int) -> None:
    ids = np.sort(np.random.default_rng(size).integers(0, 9, 50))
    batches = pa.table({"customer_id": ids}).to_batches(max_chunksize=size)

    found = [batch["customer_id"].to_pylist() for batch in whole_customers(iter(batches))]

    assert list(chain.from_iterable(found)) == ids.tolist()
    assert all(set(a).isdisjoint(b) for k, a in enumerate(found) for b in found[k + 1 :])
