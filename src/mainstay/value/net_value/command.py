"""`mainstay value net`: net lifetime values of the current run as a table for programs."""

import csv
from argparse import ArgumentParser
from typing import Any

from . import queries

HELP = "print net lifetime values of the current run as CSV, the largest first"
NAMES = ("purchases", "recommended", "service", "net", "low", "high", "acquisition")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=100, help="how many rows (default 100)")


def run(options: dict[str, Any], out: Any) -> str:
    """Write the rows; return a sentence where there is nothing to write."""
    rows = queries.largest()[: max(options["limit"], 0)]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["customer_id", "customer", *(f"{name}_minor" for name in NAMES)])
    for row in rows:
        amounts = [getattr(row, f"{name}_minor") for name in NAMES]
        writer.writerow([row.customer_id, row.customer.name, *amounts])
    return "" if rows else "There are no net values yet. Compute a run: mainstay value run."
