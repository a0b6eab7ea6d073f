"""Server time of the main pages on a large base, on SQLite and PostgreSQL.

    python -m benchmarks.pages sqlite:////tmp/pages.sqlite3 postgresql://mainstay@127.0.0.1/pages

An empty database is filled first, the same every time, and kept. Each database is measured by a
process of its own, through Django's test client: middleware, queries, templates, no network. The
pages take turns, each with other arguments in every round, so none profits from itself. The first
request of each kind in the new process is told apart.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIMIT_MS = 100.0
Found = dict[str, list[tuple[float, float, int]]]


def words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kept = f"sqlite:///{Path(tempfile.gettempdir()) / 'mainstay-pages.sqlite3'}"
    parser.add_argument("databases", nargs="*", default=[kept], help="by default SQLite alone")
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=4, help="lines of each of 2.5 orders")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def measured_apart(url: str, given: argparse.Namespace) -> dict[str, Any]:
    """Return what a fresh process measures on one database."""
    command = [sys.executable, "-m", "benchmarks.pages", url, "--measure", "--only", given.only]
    for name in ("customers", "lines", "rounds"):
        command += [f"--{name}", str(getattr(given, name))]
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    env = os.environ | {"MAINSTAY_DATABASE_URL": url, "PYTHONPATH": paths}
    # The columnar copy of the orders, which the value run reads, is each database's own.
    around = Path(env.get("MAINSTAY_DATA_DIR", tempfile.gettempdir()))
    env["MAINSTAY_DATA_DIR"] = str(around / f"mainstay-pages-{url.partition(':')[0]}")
    env["DJANGO_SETTINGS_MODULE"] = "mainstay.project.settings"
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Return the times of every page on the database that the environment names."""
    import django

    django.setup()
    from django.conf import settings

    from benchmarks import database, page_base, page_turns

    settings.ALLOWED_HOSTS = ["testserver"]
    page_base.prepare(given.customers, given.lines)
    pages = page_turns.pages(given.customers)
    chosen = {name: each for name, each in pages.items() if given.only in name}
    server = database.server_process()
    found: Found = {name: [] for name in chosen}
    for turn in range(given.rounds + 1):
        for name, (client, address) in chosen.items():
            found[name].append(timed(client, address(), server))
        print(f"  round {turn} of {given.rounds}", file=sys.stderr, flush=True)
    return {"database": database.described(), "pages": found}


def timed(client: Any, url: str, server: Path | None) -> tuple[float, float, int]:
    """Return wall and processor milliseconds and the number of queries of one request."""
    from django.db import connection

    queries = 0

    def counted(execute: Any, *question: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*question)

    with connection.execute_wrapper(counted):
        start, busy = time.perf_counter(), processor(server)
        response = client.get(url)
        took, busy = time.perf_counter() - start, processor(server) - busy
    assert response.status_code == 200, (url, response.status_code)
    return took * 1000, busy * 1000, queries


def processor(server: Path | None) -> float:
    """Return the processor seconds of this process and of the database's process for it."""
    theirs = int(server.read_text().split()[0]) / 1e9 if server else 0.0
    return time.process_time() + theirs


def p95(times: list[float]) -> float:
    """Return the time within which nineteen of twenty requests were answered."""
    return sorted(times)[max(0, -(-len(times) * 19 // 20) - 1)]


def columns(rows: list[tuple[float, float, int]]) -> tuple[list[str], bool]:
    first, *others = rows
    fits = p95([took for took, _busy, _queries in others]) <= LIMIT_MS
    wall, busy = (
        f"{statistics.median(times):.0f} / {p95(list(times)):.0f}"
        for times in list(zip(*others, strict=True))[:2]
    )
    return [wall if fits else f"**{wall}**", busy, f"{first[0]:.0f}"], fits


def report(found: list[dict[str, Any]], given: argparse.Namespace) -> bool:
    """Print the table; answer whether every page keeps the limit."""
    names = list(found[0]["pages"])
    heads = [
        f"{each['database']['name']} {head}" for each in found for head in ("wall", "CPU", "first")
    ]
    lines = found[0]["database"]["lines"]
    versions = "; ".join(each["database"]["version"] for each in found)
    print(
        f"{given.customers:,} customers, {lines:,} order lines; ms of server time, p50 / p95 of"
        f" {given.rounds} requests of each page, arguments drawn anew for each, pages in turn, one"
        " process per database; the base stands in the operating system's cache. CPU: of the site"
        " and of the database's process for it. First: the first request of its kind in the"
        f" process, not counted. {platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
        f" load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}; {versions}.\n"
    )
    print("| page | queries | " + " | ".join(heads) + " |")
    print("|---" * (len(heads) + 2) + "|")
    every = True
    for name in names:
        cells: list[str] = []
        for each in found:
            part, fits = columns(each["pages"][name])
            cells, every = cells + part, every and fits
        most = [max(row[2] for row in each["pages"][name]) for each in found]
        queries = "/".join(dict.fromkeys(map(str, most)))
        print(f"| {name} | {queries} | {' | '.join(cells)} |")
    return every


def main() -> int:
    given = words()
    if given.measure:
        print(json.dumps(measure(given)))
        return 0
    found = [measured_apart(url, given) for url in given.databases]
    return 0 if report(found, given) else 1


if __name__ == "__main__":
    sys.exit(main())
