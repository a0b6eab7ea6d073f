"""Drawn order lines: every engine finds what plain Python finds."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainstay.analysis.value import days, facts, pareto
from mainstay.engine import Engine

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]

AS_OF, SPLIT = date(2026, 3, 31), date(2025, 3, 31)
SCHEMA = pa.schema(
    [("customer_id", pa.string()), ("day", pa.date32()), ("amount_minor", pa.int64())]
)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["anna", "boris", "chen", "d", None]),
        st.integers(-30, 900).map(lambda back: AS_OF - timedelta(back)),
        st.sampled_from([-300, -5, 0, 5, 5, 300]) | st.integers(-(10**12), 10**12) | st.none(),
    ),
    max_size=40,
)
Line = tuple[str | None, date, int | None]


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_ranks_and_classes(engine: Engine, rows: list[Line]) -> None:
    columns = zip(*rows, strict=True) if rows else [()] * 3
    drawn = pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], SCHEMA)
    counted = days.counted(engine.load(drawn), as_of=AS_OF)
    function = facts.customer_facts(counted, as_of=AS_OF, split=SPLIT)

    found = engine.mapped(counted, function, schema=function.schema, order=facts.ORDER)
    ranked = engine.keep(pareto.ranked(facts.buyers(facts.customers(found))))
    bounds = engine.run(pareto.bounds(ranked, a=0.8, b=0.95)).to_pylist()[0]
    classed = pareto.classed(
        ranked,
        total_minor=bounds["total_minor"] or 0,
        bounds=pareto.Bounds(bounds["a"] or 0, bounds["b"] or 0),
    )

    by_name = {row["customer_id"]: row for row in engine.run(classed).to_pylist()}
    names = ("first_day", "occasions", "revenue_minor", "revenue_rank", "through_minor")
    assert {who: [row[n] for n in (*names, "abc_class")] for who, row in by_name.items()} == (
        in_plain_python(rows)
    )


def in_plain_python(rows: list[Line]) -> dict[str, list[Any]]:
    """Return first day, purchase days, revenue, rank, revenue down to here, and class."""
    bought, revenue = defaultdict(set), defaultdict(int)
    for who, day, amount in rows:
        if who is not None and amount is not None and day <= AS_OF:
            revenue[who] += amount
            if amount >= 0:
                bought[who].add(day)
    buyers = {who: revenue[who] for who in revenue if bought[who]}
    through = {who: sum(max(r, 0) for r in buyers.values() if r >= buyers[who]) for who in buyers}
    return {
        who: [
            min(bought[who]),
            len(bought[who]),
            mine,
            1 + sum(other > mine for other in buyers.values()),
            through[who],
            abc_class(mine, sorted(buyers.values(), reverse=True)),
        ]
        for who, mine in buyers.items()
    }


def abc_class(mine: int, largest_first: list[int]) -> str | None:
    """Return the class: A ends with the customer who carries the sum to 80 %, B to 95 %."""
    earning = [amount for amount in largest_first if amount > 0]
    if not earning:
        return None
    sums = list(accumulate(earning))
    last = [next(a for a, s in zip(earning, sums, strict=True) if s >= share * sums[-1])
            for share in (0.8, 0.95)]  # fmt: skip
    return "A" if mine >= last[0] else "B" if mine >= last[1] else "C"
