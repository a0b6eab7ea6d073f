"""`mainstay value acquisition`: what new customers cost, by channel, campaign and quarter."""

import csv
from argparse import ArgumentParser
from typing import Any

from mainstay.value.queries import current_run

from . import queries

HELP = "print what new customers cost and are worth, by channel, campaign and quarter, as CSV"
ENDS = ("", "_low", "_high")
HEADS = (
    "group",
    "name",
    "customers",
    "counted",
    "months_with_cost",
    "cost_minor",
    *(f"cac_minor{end}" for end in ENDS),
    *(f"worth_minor{end}" for end in ENDS),
    *(f"ltv_cac{end}" for end in ENDS),
    "payback_months",
    "payback_earliest",
    "payback_latest",
    "payback_customers",
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--months", type=int, default=12, help="whole months up to the run's day")


def run(options: dict[str, Any], out: Any) -> str:
    """Write the rows; return what is not known, or why there is nothing to write."""
    shown = current_run()
    book = queries.book(shown) if shown else None
    if shown is None or book is None:
        return "No value run tells of new customers yet. Compute one: mainstay value run."
    report = queries.report(book, shown, months=min(max(options["months"], 1), 1200))
    names = queries.names()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerow(_row("all", "", report.whole))
    for won in report.channels:
        writer.writerow(_row("channel", names["channel"].get(won.channel or 0, ""), won))
    for won in report.campaigns:
        writer.writerow(_row("campaign", names["campaign"].get(won.campaign or 0, ""), won))
    for won in report.cohorts:
        writer.writerow(_row("quarter", won.cohort, won))
    return _unknown(report)


def _row(group: str, name: Any, won: Any) -> list[Any]:
    rounded: list[Any] = []
    for estimate in (won.cac, won.each, won.ratio):
        rounded += [round(end, 2) for end in estimate] if estimate else [""] * 3
    back = won.payback
    payback = [back.months, back.earliest, back.latest, back.customers] if back else [""] * 4
    cost = round(won.cost) if won.is_known else ""
    return [group, name, won.customers, won.counted, won.months, cost, *rounded, *payback]


def _unknown(report: Any) -> str:
    first, last = (f"{month:%Y-%m}" for month in report.period)
    return (
        f"{report.customers} new customers from {first} to {last}: {report.without_channel} by no"
        f" known channel, {report.without_cost} in {report.months_without_cost} months of channels"
        " without a known cost."
    )
