"""Server time of the main pages on a large base, on the database that MAINSTAY_DATABASE_URL names.

    MAINSTAY_DATABASE_URL=sqlite:////tmp/pages.sqlite3 python benchmarks/pages.py

The base is drawn once (the same every time) and kept. Each page is asked
for through Django's test client: middleware, queries, templates, no network.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")

ROUNDS = 40
LIMIT_MS = 100.0
Measured = tuple[float, float, int]


def words(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=4, help="lines of each order")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args(arguments)


def addresses(draw: random.Random, customers: int) -> dict[str, Callable[[], str]]:
    """Return the pages by name; each call gives an address that was not asked for before."""
    from benchmarks.page_data import CITIES, COUNTRIES, FIRST, SECOND

    number = lambda: draw.randrange(1, customers + 1)  # noqa: E731  read in a table below
    return {
        "list, first page": lambda: "/customers/",
        "list, by country": lambda: f"/customers/?country={draw.choice(COUNTRIES)}",
        "list, by owner": lambda: f"/customers/?owner={draw.randrange(1, 40)}",
        "list, by tag": lambda: f"/customers/?tag={draw.randrange(1, 12)}",
        "list, newest": lambda: "/customers/?sort=-added",
        "list, country and tag": lambda: (
            f"/customers/?country={draw.choice(COUNTRIES)}&tag={draw.randrange(1, 12)}"
        ),
        "search, common word": lambda: f"/customers/?q={draw.choice(FIRST)}",
        "search, two words": lambda: f"/customers/?q={draw.choice(FIRST)}+{draw.choice(SECOND)}",
        "search, rare": lambda: f"/customers/?q=k{number():07d}",
        "search, beginning": lambda: f"/customers/?q={draw.choice(SECOND)[:3]}",
        "search, place": lambda: f"/customers/?q={draw.choice(CITIES)}",
        "search, nothing": lambda: f"/customers/?q=zzz{number()}",
        "palette": lambda: f"/find/?q={draw.choice(FIRST)}",
        "360": lambda: f"/customers/{number()}/",
        "orders, newest": lambda: "/orders/",
        "orders, by number": lambda: f"/orders/?q=b{number()}",
        "home": lambda: "/",
    }


VALUED: dict[str, Callable[[], str]] = {
    "list, by CLV": lambda: "/customers/?sort=-bench_clv",
    "list, class A": lambda: "/customers/?bench_class=A",
    "list, class C by CLV": lambda: "/customers/?bench_class=C&sort=-bench_clv",
}


def deep(client: Any, turns: int) -> str:
    """Return the address of a page far down the list."""
    import re

    url = "/customers/?country=DE"
    for _turn in range(turns):
        found = re.search(r'rel="next" href="(\?[^"]+)"', client.get(url).content.decode())
        if found is None:
            break
        url = "/customers/" + found.group(1).replace("&amp;", "&")
    return url


def measure(
    client: Any, make: Callable[[], str], rounds: int
) -> Iterator[tuple[float, float, int]]:
    """Yield wall and processor milliseconds and the number of queries of each request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(make())
    for _round in range(rounds):
        url = make()
        start, busy = time.perf_counter(), time.process_time()
        response = client.get(url)
        took = (time.perf_counter() - start) * 1000
        busy = (time.process_time() - busy) * 1000
        assert response.status_code == 200, (url, response.status_code)
        with CaptureQueriesContext(connection) as captured:
            client.get(make())
        yield took, busy, len(captured)


def report(name: str, found: list[Measured]) -> bool:
    times = sorted(took for took, _busy, _queries in found)
    busy = statistics.median(busy for _took, busy, _queries in found)
    p95 = times[min(len(times) - 1, round(len(times) * 0.95))]
    queries = max(number for _took, _busy, number in found)
    middle, fits = statistics.median(times), p95 <= LIMIT_MS
    words = "" if fits else "  over the limit"
    print(
        f"{name:24}{middle:9.1f}{p95:9.1f}{times[-1]:9.1f}{busy:9.1f}{queries:9}{words}", flush=True
    )
    return fits


def main() -> int:
    given = words()
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from benchmarks import page_data

    settings.ALLOWED_HOSTS = ["testserver"]
    page_data.prepare(given.customers, given.lines)
    draw = random.Random(7)
    client = Client()
    client.force_login(page_data.administrator(), settings.AUTHENTICATION_BACKENDS[0])
    pages = addresses(draw, given.customers)
    page_data.publish_values()
    pages |= VALUED
    far = deep(client, 20)
    pages["list, 20 pages on"] = lambda: far
    print(f"{connection.vendor}, {given.customers:,} customers, load {os.getloadavg()[0]:.1f}")
    print(f"{'page':24}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'cpu ms':>9}{'queries':>9}")
    fits = [report(name, list(measure(client, make, given.rounds))) for name, make in pages.items()]
    return 0 if all(fits) else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
