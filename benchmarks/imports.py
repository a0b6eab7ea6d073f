"""Writing in bulk into an empty database: imports of order lines, and what a value run stores.

python -m benchmarks.imports [--lines N] [--csv-lines N] [--customers N] [--postgresql URL]

Wall time, CPU time of the importer and its reading child (not of PostgreSQL's server), their peak
memory together, and how long another process that writes twenty times a second had to wait at
most. The last lines are the table for RESULTS.md.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from benchmarks.measure import machine

SEED = 20_261_122
LINES_PER_ORDER, ORDERS_PER_CUSTOMER, PRODUCTS = 4, 10, 20_000
START = np.datetime64("2023-01-01T00:00:00", "s")
PAUSE = 0.05  # seconds between two writes of the other writer
HEADINGS = ("", "rows", "wall s", "CPU s", "peak MiB", "longest wait s", "limit")


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


def values(count: int) -> pa.Table:
    """Return what a value run says of so many customers, in its columns and spread."""
    rng = np.random.default_rng(SEED)
    revenue = (rng.gamma(0.5, 80_000, count) + 100).astype(np.int64)
    worth = (revenue * rng.gamma(2, 0.4, count)).astype(np.int64)
    first = np.datetime64("2023-01-01") + rng.integers(0, 500, count).astype("timedelta64[D]")
    numbers = {name: rng.integers(1, 900, count) for name in ("recency_days", "tenure_days")}
    shares = {
        name: rng.random(count)
        for name in ("trend", "revenue_share_cum", "p_alive", "expected_12m")
    }
    scores = {name: rng.integers(1, 6, count) for name in "rfm"}
    rfm = scores["r"] * 100 + scores["f"] * 10 + scores["m"]
    named = ["champions", "loyal", "promising", "at_risk", "lost"]
    return pa.table(
        {
            "customer_id": np.arange(1, count + 1),
            "first_day": pa.array(first),
            "last_day": pa.array(first + 400),
            "occasions": rng.integers(1, 60, count),
            "revenue_minor": revenue,
            **numbers,
            **shares,
            **scores,
            "rfm": pa.array(rfm).cast(pa.string()),
            "segment": pa.array(named).take(pa.array(rng.integers(0, len(named), count))),
            "abc_class": pa.array(["A", "B", "C"]).take(pa.array(rng.integers(0, 3, count))),
            "revenue_rank": rng.permutation(count) + 1,
            "expected_12m_low": shares["expected_12m"] / 2,
            "expected_12m_high": shares["expected_12m"] * 2,
            "expected_average_minor": revenue // 3,
            "clv_minor": worth,
            "clv_low_minor": worth // 2,
            "clv_high_minor": worth * 2,
        }
    )


# -- in a process of its own


def importing(file: str) -> Callable[[], object]:
    from django.core.management import call_command

    return lambda: call_command("import", "orders", file, source="Benchmark", verbosity=0)


def storing(count: str) -> Callable[[], object]:
    """Make the customers; storing what a run says of them is what counts."""
    from django.utils import timezone

    from mainstay.customers.actions import bulk, source_named
    from mainstay.value import actions

    names = [str(number) for number in range(1, int(count) + 1)]
    missing = pa.nulls(len(names), pa.string())
    rows = pa.table({"reference": names, "name": missing, "country": missing})
    now = timezone.now()
    ids = bulk.add_referenced(source_id=source_named("Benchmark").pk, rows=rows, now=now)
    run = actions.add_run(by=None, as_of=now.date(), now=now)
    customers = values(len(ids)).set_column(0, "customer_id", pa.array(ids))
    return lambda: actions.store(run=run, customers=customers)


def one(kind: str, what: str) -> None:
    """Do one job beside another writer; print seconds, CPU seconds, MiB and its longest wait."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    job = {"import": importing, "store": storing}[kind](what)
    connection.close()
    beside = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.imports", "--beside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert beside.stdout
    beside.stdout.readline()  # it is ready
    began, before = time.perf_counter(), cpu()
    job()
    wall, used = time.perf_counter() - began, cpu() - before
    peak = sum(resource.getrusage(who).ru_maxrss for who in WHO) / 1024
    wait = beside.communicate("enough\n")[0].split()[-1]
    print("COST", wall, used, peak, wait)


WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, WHO))


def beside() -> None:
    """Write again and again until told that it is enough; print the longest wait."""
    import threading

    import django

    django.setup()
    from mainstay.customers.models import Tag

    enough = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), enough.set()), daemon=True).start()
    number, longest = 0, 0.0
    print("ready", flush=True)
    while not enough.wait(PAUSE):
        began = time.perf_counter()
        Tag.objects.create(name=f"Beside {number}")
        number, longest = number + 1, max(longest, time.perf_counter() - began)
    print(longest)


# -- the table


def measured(job: list[str], place: Path, database: str) -> list[float]:
    """Do a job on an empty database in a process of its own."""
    data = place / "data"
    shutil.rmtree(data, ignore_errors=True)
    environment = {
        **os.environ,
        "MAINSTAY_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "mainstay.project.settings",
        "MAINSTAY_DATABASE_URL": database or f"sqlite:///{data / 'mainstay.sqlite3'}",
    }
    if database:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    command = [sys.executable, "-m", "benchmarks.imports", "--one", *job]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    for line in answer.stdout.splitlines():
        if line.startswith("COST"):
            return [float(number) for number in line.split()[1:]]
    sys.exit(answer.stdout + answer.stderr)


def jobs(place: Path, wish: argparse.Namespace) -> list[tuple[str, int, list[str], str]]:
    """Return title, rows, command and limit of each job, its file written."""
    found = []
    if wish.lines:
        pq.write_table(order_lines(wish.lines), place / "lines.parquet")
        job = ["import", str(place / "lines.parquet")]
        found.append(("import of Parquet", wish.lines, job, "120 s, 2048 MiB"))
    if wish.csv_lines:
        pc.write_csv(order_lines(wish.csv_lines), place / "lines.csv")
        job = ["import", str(place / "lines.csv")]
        found.append(("import of CSV", wish.csv_lines, job, "30 s"))
    if wish.customers:
        job = ["store", str(wish.customers)]
        found.append(("value run stored", wish.customers, job, "25 CPU s, wait 1 s"))
    return found


def compare(place: Path, wish: argparse.Namespace) -> None:
    rows: list[str] = []
    for title, count, job, limit in jobs(place, wish):
        for database, url in (("SQLite", ""), ("PostgreSQL", wish.postgresql)):
            if database == "SQLite" or url:
                wall, used, peak, wait = measured(job, place, url)
                numbers = f"{count:,} | {wall:.1f} | {used:.1f} | {peak:.0f} | {wait:.2f}"
                rows.append(f"| {title}, {database} | {numbers} | {'' if url else limit} |")
                print(rows[-1], flush=True)
    print("\n## Writing in bulk\n\nOne run each, the other writer beside.", f"{machine()}.\n")
    print("| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|", *rows, sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2)
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--csv-lines", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--postgresql", default="", help="URL of a database that may be emptied")
    wish = parser.parse_args()
    if wish.one:
        one(*wish.one)
    elif wish.beside:
        beside()
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(Path(folder), wish)


if __name__ == "__main__":
    main()
