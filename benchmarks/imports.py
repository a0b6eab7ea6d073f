"""Imports of order lines into an empty database: wall time, CPU time and peak memory.

python -m benchmarks.imports [--lines N] [--csv-lines N] [--postgresql URL]
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

SEED = 20_261_122
LINES_PER_ORDER, ORDERS_PER_CUSTOMER, PRODUCTS = 4, 10, 20_000
START = np.datetime64("2023-01-01T00:00:00", "s")


def order_lines(count: int) -> pa.Table:
    """Return lines as a shop exports them, in order of time."""
    rng = np.random.default_rng(SEED)
    orders = max(1, count // LINES_PER_ORDER)
    order = np.sort(rng.integers(0, orders, count))
    seconds = np.sort(rng.integers(0, 3 * 365 * 86_400, orders))
    buyer = rng.integers(1, max(2, orders // ORDERS_PER_CUSTOMER), orders)
    first = np.searchsorted(order, order)
    product = rng.integers(0, PRODUCTS, count)
    return pa.table(
        {
            "order_id": order + 1,
            "line": np.arange(count) - first + 1,
            "ordered_at": pa.array(START + seconds[order].astype("timedelta64[s]")),
            "customer_id": buyer[order],
            "product_id": pa.array([f"P{number:05d}" for number in range(PRODUCTS)]).take(
                pa.array(product)
            ),
            "quantity": rng.integers(1, 20, count).astype(np.float64),
            "unit_price": np.round(rng.gamma(2.0, 9.0, count) + 0.01, 2),
        }
    )


def one(file: Path) -> None:
    """Import one file in this process and print seconds, CPU seconds and MiB."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    connection.close()
    began = time.perf_counter()
    call_command("import", "orders", str(file), source="Benchmark")
    wall = time.perf_counter() - began
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    print("COST", wall, cpu, (own.ru_maxrss + children.ru_maxrss) / 1024)


def measured(file: Path, place: Path, database: str) -> list[float]:
    """Import the file into an empty database in a process of its own."""
    data = place / "data"
    shutil.rmtree(data, ignore_errors=True)
    environment = {
        **os.environ,
        "MAINSTAY_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "mainstay.project.settings",
        "MAINSTAY_DATABASE_URL": database or f"sqlite:///{data / 'mainstay.sqlite3'}",
    }
    command = [sys.executable, "-m", "benchmarks.imports", "--one", str(file)]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    for line in answer.stdout.splitlines():
        if line.startswith("COST"):
            return [float(number) for number in line.split()[1:]]
    sys.exit(answer.stdout + answer.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", type=Path)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--csv-lines", type=int, default=1_000_000)
    parser.add_argument("--postgresql", default="", help="URL of an empty database")
    wish = parser.parse_args()
    if wish.one:
        one(wish.one)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        compare(place, wish)


def compare(place: Path, wish: argparse.Namespace) -> None:
    """Print the table; the memory is that of the importer and of its reading child together."""
    print(f"{'import':34} {'lines':>11} {'wall s':>8} {'CPU s':>8} {'MiB':>7}  limit")
    files = []
    if wish.lines:
        pq.write_table(order_lines(wish.lines), place / "lines.parquet")
        files.append(("Parquet", place / "lines.parquet", wish.lines, "120 s, 2048 MiB"))
    if wish.csv_lines:
        pc.write_csv(order_lines(wish.csv_lines), place / "lines.csv")
        files.append(("CSV", place / "lines.csv", wish.csv_lines, "30 s"))
    for database, url in (("SQLite", ""), ("PostgreSQL", wish.postgresql)):
        for name, file, lines, limit in files:
            if database == "SQLite" or url:
                wall, cpu, peak = measured(file, place, url)
                goal = limit if database == "SQLite" else ""
                title = f"{name} into {database}"
                print(f"{title:34} {lines:>11,} {wall:>8.1f} {cpu:>8.1f} {peak:>7.0f}  {goal}")


if __name__ == "__main__":
    main()
