"""A drawn base of customers as a Parquet lake: repeaters, returns, postage, unknown costs."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

CUSTOMERS, AS_OF = 400, date(2026, 3, 31)
START = np.datetime64("2024-04-01")


def order_lines() -> pa.Table:
    """Return lines that every step of a valuation has something to do with."""
    rng = np.random.default_rng(5)
    orders = rng.geometric(0.12, CUSTOMERS)
    customer = np.repeat(np.arange(1, CUSTOMERS + 1), orders)
    born = np.repeat(rng.integers(0, 500, CUSTOMERS), orders)
    day = np.minimum(born + rng.integers(0, 240, customer.size), 729)
    amount = np.rint(rng.gamma(3, 2000, customer.size)).astype(np.int64)
    kind = rng.choice(["goods", "discount", "postage", ""], customer.size, p=[0.7, 0.1, 0.1, 0.1])
    sign = np.where((kind == "discount") | (rng.random(customer.size) < 0.04), -1, 1)
    return pa.table(
        {
            "customer_id": pa.array(customer, mask=rng.random(customer.size) < 0.02),
            "order_id": np.arange(customer.size),
            "day": pa.array((START + day).astype("datetime64[D]")),
            "amount_minor": amount * sign,
            "cost_minor": pa.array(amount * sign * 6 // 10, mask=rng.random(customer.size) < 0.3),
            "quantity": rng.integers(1, 5, customer.size) * sign.astype(np.float64),
            "kind": pa.array(kind.tolist(), mask=kind == ""),
        }
    )


def lake(folder: Path) -> Path:
    """Write the lines, a file per year; the first year knows no kinds."""
    rows = order_lines()
    years = pc.year(rows["day"])
    (folder / "order_lines").mkdir()
    for year in (2024, 2025, 2026):
        part = rows.filter(pc.equal(years, year))
        kept = part.drop_columns("kind") if year == 2024 else part
        pq.write_table(kept, folder / "order_lines" / f"{year}.parquet")
    return folder
