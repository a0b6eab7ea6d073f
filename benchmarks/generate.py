"""Order lines of a large base: BG/NBD purchasing, gamma-gamma spend, drawn from a fixed seed.

python -m benchmarks.generate OUT.parquet [--customers N] [--lines N]
"""

import argparse
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

R, ALPHA, A, B = 1.1, 49.0, 0.9, 18.5  # purchasing, per day
P, Q, V = 6.0, 4.0, 30.0  # spend per order, in units of currency
DAYS = 1_096
START = np.datetime64("2023-01-01", "D")
SEED = 20_261_122


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


def table(customers: int, lines: int | None) -> pa.Table:
    rng = np.random.default_rng(SEED)
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=None)
    given = parser.parse_args()
    drawn = table(given.customers, given.lines)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(drawn, given.out, compression="zstd")
    print(f"{drawn.num_rows:,} lines of {given.customers:,} customers in {given.out}")


if __name__ == "__main__":
    main()
