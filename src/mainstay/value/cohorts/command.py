"""`mainstay value cohorts`: the cells of the cohorts, or the growth of a relationship, as CSV."""

import csv
from argparse import ArgumentParser
from typing import Any

from mainstay.value.queries import current_run

from . import queries

HELP = "print retention, revenue and margin of each cohort and age as CSV; --growth: by year"
SUMS = ("of", "customers", "active", "purchases", "revenue_minor", "margin_minor")
PARTS = ("buying", "purchases", "units", "price", "margin")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--period", choices=queries.PERIODS, default="quarter", help="in which ages are counted"
    )
    parser.add_argument(
        "--growth", action="store_true", help="print how the margin changes from year to year"
    )


def run(options: dict[str, Any], out: Any) -> str:
    """Write the rows; return a sentence where there is nothing to write."""
    shown = current_run()
    known = queries.content(shown) if shown else None
    if known is None:
        return "No value run tells of cohorts yet. Compute one: mainstay value run."
    writer = csv.writer(out, lineterminator="\n")
    if options["growth"]:
        return _growth(known["steps"], writer)
    retention = ("retention", "retention_low", "retention_high")
    writer.writerow(["cohort", "age", *SUMS, *retention])
    cells = queries.cells(known, options["period"])
    for cell in cells:
        share = [round(end, 4) for end in cell.retention() or ()]
        sums = [getattr(cell, name) for name in SUMS]
        writer.writerow([cell.cohort, cell.age, *sums, *share])
    return "" if cells else "Nobody has lived through such a period yet; choose a shorter one."


def _growth(steps: list[dict[str, Any]], writer: Any) -> str:
    change = ("change", "change_low", "change_high")
    writer.writerow(["year", "customers", "before_minor", "after_minor", *change, *PARTS])
    for step in steps:
        parts = [step["parts"][name] for name in PARTS] if step["parts"] else []
        figures = [step["before"], step["after"], *(step["change"] or [""] * 3), *parts]
        told = [figure if figure == "" else round(figure) for figure in figures]
        writer.writerow([step["year"], step["customers"], *told])
    return "" if steps else "Nobody has been a customer for two years yet."
