"""Order lines that lie elsewhere, in canonical columns: a lake, a warehouse, a cluster."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from ibis import _

from mainstay.engine import Engine, UnknownSource

SCHEMES = ("parquet:", "duckdb:", "spark:")
NO_DAY = date(1970, 1, 1)  # for a source without any order: there is nothing to date


def place(text: str) -> Path | str:
    """Return the address of a source elsewhere as it is, anything else as a path."""
    return text if text.startswith(SCHEMES) else Path(text)


@dataclass(frozen=True)
class Elsewhere:
    """The order lines where they are, and what a reader should know of them."""

    url: str
    lines: Any
    rows: int
    as_of: date
    as_of_given: bool
    customers: str  # where they are kept; empty: in the folder of the results

    def described(self) -> dict[str, Any]:
        """Return what the summary says of the source."""
        return {
            "file": self.url.partition("?")[0],
            "format": self.url.partition(":")[0],
            "encoding": None,
            "columns": {},
            "lines": self.rows,
            "cancellations": 0,
            "unread": {},
            "doubtful": [],
            "styles": {},
            "as_of_given": self.as_of_given,
            "customers": self.customers,
        }


def read(engine: Engine, url: str, *, as_of: date | None, customers: str) -> Elsewhere:
    """Return the lines of the source's table `order_lines`; they stay where they are."""
    from mainstay.analysis import tables

    try:
        lines = tables.canonical(engine.table("order_lines"))
    except ValueError as reason:
        raise UnknownSource(str(reason)) from reason
    counts = lines.agg(rows=lines.count(), last_day=lines.day.max())
    found = engine.run(counts).to_pylist()[0]
    last_day = found["last_day"]
    given = as_of is not None and as_of != last_day
    return Elsewhere(url, lines, found["rows"], as_of or last_day or NO_DAY, given, customers)


def shown(engine: Engine, customers: Any) -> pa.Table:
    """Fetch only those customers whom the report names; of an empty base, nobody."""
    from mainstay.analysis.value.totals import AT_RISK_BELOW
    from mainstay.project.analyse.people import SHOWN

    if "revenue_minor" not in customers.columns:
        return engine.run(customers)
    largest_first = [_.revenue_minor.desc(), _.customer_id]
    found = [engine.run(customers.order_by(largest_first).limit(SHOWN))]
    if "p_alive" in customers.columns:
        risky = customers.filter(_.abc_class.isin(["A", "B"]) & (_.p_alive < AT_RISK_BELOW))
        found.append(engine.run(risky.order_by(largest_first).limit(SHOWN)))
    rows = {row["customer_id"]: row for table in found for row in table.to_pylist()}
    return pa.Table.from_pylist(list(rows.values()), schema=found[0].schema)
