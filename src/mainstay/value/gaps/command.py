"""`mainstay value gaps`: the gaps of the current run as a table for programs."""

import csv
from argparse import ArgumentParser
from typing import Any

from mainstay.value.queries import current_run

from . import queries

HELP = "print the gaps of the current run as CSV, the largest first"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=queries.LARGEST, help="how many rows")


def run(options: dict[str, Any], out: Any) -> str:
    """Write the rows; return a sentence where there is nothing to write."""
    if current_run() is None:
        return "No value run is complete yet. Compute one: mainstay value run."
    rows = queries.largest_of_all()[: max(options["limit"], 0)]
    writer = csv.writer(out, lineterminator="\n")
    names = ("wallet_minor", "sales_minor", "current_minor", "future_minor", "share_of_wallet")
    writer.writerow(["customer_id", "customer", "market", *names])
    for row in rows:
        market = row.category.name if row.category else ""
        figures = [getattr(row, name) for name in names]
        writer.writerow([row.customer_id, row.customer.name, market, *figures])
    return "" if rows else "Nobody has noted a wallet yet."
