"""New customers of a run by channel: how many, what they are worth, when their margin came."""

from typing import Any

import pyarrow as pa

from mainstay.customers.queries import origins
from mainstay.value.snapshots import keep_part
from mainstay.value.stage import Work

KEY = "acquisition"
FACTS = ("customer_id", "first_day", "revenue_minor", "margin_minor", "clv_minor")
CHANNELS = pa.schema({"customer_id": pa.int64(), "channel": pa.int64(), "campaign": pa.int64()})


def compute(work: Work, *, lives: Any, margin: float) -> None:
    """Store counts and sums; costs are held against them when the page is read."""
    from mainstay.analysis.value import acquisition

    run = work.engine.run
    channels = work.engine.load(_origins())
    found = work.valued.customers
    facts = pa.table(
        {name: _column(found, name) for name in FACTS},
    )
    customers = work.engine.load(facts)
    rows = {
        "newcomers": acquisition.newcomers(customers, channels, margin=margin),
        "returns": acquisition.returns(lives, channels),
        "sizes": acquisition.cohort_sizes(lives, channels),
    }
    content: dict[str, Any] = {key: _columns(run(table)) for key, table in rows.items()}
    content["forecast"] = "clv_minor" in found.column_names
    keep_part(work.run, KEY, content)


def _origins() -> pa.Table:
    rows = list(origins().iterator(chunk_size=50_000))
    columns = zip(*rows, strict=True) if rows else [()] * len(CHANNELS)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, CHANNELS, strict=True)]
    return pa.table(arrays, schema=CHANNELS)


def _column(table: pa.Table, name: str) -> Any:
    """Return the column, or nulls where nothing could be forecast."""
    if name in table.column_names:
        return table[name]
    return pa.nulls(table.num_rows, pa.int64())


def _columns(table: pa.Table) -> dict[str, list[Any]]:
    """Return the table column by column, days as text, for JSON."""
    days = {"month", "cohort"} & set(table.column_names)
    return {
        name: [day.isoformat() for day in column.to_pylist()]
        if name in days
        else column.to_pylist()
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
