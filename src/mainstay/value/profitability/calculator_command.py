"""`mainstay value calculator`: lifetime value by yearly margins, without any data."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from mainstay.analysis.value.margins import Year, lifetime, years_of

HELP = "compute a lifetime value from revenues and costs by year; lists are split by commas"
HEADS = ("year", "revenue", "variable", "acquisition", "retention", "margin", "factor", "present",
         "cumulative")  # fmt: skip


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--revenue", required=True, help="such as 1000,1200,1440,1600")
    parser.add_argument("--variable", default="0", help="variable cost, %% of revenue (default 0)")
    parser.add_argument("--acquisition", default="0", help="by year; later years are 0")
    parser.add_argument("--retention", default="0", help="by year; later years are 0")
    parser.add_argument("--rate", type=float, default=10.0, help="discount, %% a year (10)")
    parser.add_argument("--cr", type=float, default=None, help="retention rate, %%: prints N")


def run(options: dict[str, Any], out: Any) -> str:
    """Print the table."""
    try:
        lines = [_table(options)]
        if options["cr"] is not None:
            lines.append(f"N = {years_of(options['cr'] / 100):.2f} years")
    except ValueError as reason:
        raise CommandError(str(reason)) from reason
    out.write("\n".join(lines))
    return ""


def _table(options: dict[str, Any]) -> str:
    revenues = _numbers(options["revenue"])
    columns = {
        name: _long(_numbers(options[name]), len(revenues)) for name in ("acquisition", "retention")
    }
    shares = _numbers(options["variable"])
    shares = shares * len(revenues) if len(shares) == 1 else _long(shares, len(revenues))
    years = [
        Year(revenue=revenue, variable_share=share / 100, acquisition=won, retention=kept)
        for revenue, share, won, kept in zip(revenues, shares, *columns.values(), strict=True)
    ]
    rows = [" ".join(f"{head:>11}" for head in HEADS)]
    for year, row in zip(years, lifetime(years, discount_rate=options["rate"] / 100), strict=True):
        figures = (year.revenue, row.variable, year.acquisition, year.retention, row.margin)
        told = [f"{row.year:>11}", *(f"{figure:>11.1f}" for figure in figures)]
        rows.append(
            " ".join(
                [*told, f"{row.factor:>11.4f}", f"{row.present:>11.1f}", f"{row.cumulative:>11.1f}"]
            )
        )
    return "\n".join(rows)


def _numbers(text: str) -> list[float]:
    try:
        return [float(each) for each in text.split(",")]
    except ValueError as error:
        raise ValueError(f"“{text}” is no list of numbers; write 1000,1200,1440.") from error


def _long(values: list[float], length: int) -> list[float]:
    if len(values) > length:
        raise ValueError(f"There are more costs ({len(values)}) than years ({length}).")
    return values + [0.0] * (length - len(values))
