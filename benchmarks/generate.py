"""Order lines of a large base: BG/NBD purchasing, gamma-gamma spend, drawn from a fixed seed.

python -m benchmarks.generate OUT.parquet [--customers N] [--lines N]
python -m benchmarks.generate FOLDER --lake --customers N    canonical lines, a folder per month
"""

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

R, ALPHA, A, B = 1.1, 49.0, 0.9, 18.5  # purchasing, per day
P, Q, V = 6.0, 4.0, 30.0  # spend per order, in units of currency
DAYS = 1_096
START = np.datetime64("2023-01-01", "D")
SEED = 20_261_122
PIECE = 1_000_000  # customers of a lake drawn together


def draw(customers: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return customer number and second of each order, first orders included, sorted by time."""
    born = rng.uniform(0, DAYS - 120, customers)
    rate = rng.gamma(R, 1 / ALPHA, customers)
    leaves = rng.beta(A, B, customers)
    ids, times = [np.arange(customers)], [born]
    alive, now = np.arange(customers), born
    while alive.size:
        alive_now = rng.random(alive.size) >= leaves[alive]
        alive, now = alive[alive_now], now[alive_now]
        now = now + rng.exponential(1 / rate[alive])
        inside = now < DAYS
        alive, now = alive[inside], now[inside]
        ids.append(alive)
        times.append(now)
    customer, day = np.concatenate(ids), np.concatenate(times)
    order = np.argsort(day, kind="stable")
    return customer[order] + 1, (day[order] * 86_400).astype(np.int64)


def table(customers: int, lines: int | None, *, seed: int = SEED) -> pa.Table:
    rng = np.random.default_rng(seed)
    customer, second = draw(customers, rng)
    if lines is not None:
        customer, second = customer[-lines:], second[-lines:]
    nu = rng.gamma(Q, 1 / V, customers)[customer - 1]
    amount = np.maximum(0.01, np.round(rng.gamma(P, 1, customer.size) / nu, 2))
    when = START.astype("datetime64[s]") + second.astype("timedelta64[s]")
    return pa.table(
        {
            "customer_id": customer.astype(np.int64),
            "order_id": np.arange(1, customer.size + 1, dtype=np.int64),
            "ordered_at": pa.array(when),
            "amount": amount,
        }
    )


def lake(folder: Path, customers: int) -> int:
    """Write canonical order lines as a company's lake keeps them; return how many there are."""
    written = 0
    for first in range(0, customers, PIECE):
        drawn = table(min(PIECE, customers - first), None, seed=SEED + first // PIECE)
        rows = canonical(drawn, first=first)
        months = rows["day"].to_numpy().astype("datetime64[M]")
        edges = np.flatnonzero(months[1:] != months[:-1]) + 1
        for start, end in pairwise([0, *edges.tolist(), rows.num_rows]):
            month = folder / "order_lines" / str(months[start])
            month.mkdir(parents=True, exist_ok=True)
            part = rows.slice(start, end - start)
            pq.write_table(part, month / f"{first // PIECE}.parquet", compression="zstd")
        written += rows.num_rows
    return written


def canonical(drawn: pa.Table, *, first: int) -> pa.Table:
    """Return the lines in canonical columns, customers and orders numbered from `first` on."""
    return pa.table(
        {
            "customer_id": pc.add(drawn["customer_id"], first),
            "order_id": pc.add(drawn["order_id"], first * 1_000),
            "ordered_at": drawn["ordered_at"],
            "day": drawn["ordered_at"].cast(pa.date32(), safe=False),
            "amount_minor": pc.round(pc.multiply(drawn["amount"], 100)).cast(pa.int64()),
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=None)
    parser.add_argument("--lake", action="store_true")
    given = parser.parse_args()
    if given.lake:
        print(f"{lake(given.out, given.customers):,} lines in {given.out}")
        return
    drawn = table(given.customers, given.lines)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(drawn, given.out, compression="zstd")
    print(f"{drawn.num_rows:,} lines of {given.customers:,} customers in {given.out}")


if __name__ == "__main__":
    main()
