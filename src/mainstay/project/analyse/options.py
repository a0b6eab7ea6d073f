"""The options of `mainstay analyse`, each read with a sentence for what cannot be meant."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mainstay.project.analyse.elsewhere import place


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write 2025-12-31") from error


def _currency(text: str) -> str:
    if len(text) == 3 and text.isascii() and text.isalpha():  # noqa: PLR2004
        return text.upper()
    raise argparse.ArgumentTypeError(f"“{text}” is no currency; write three letters, EUR")


def _share(text: str) -> float:
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no share; write 0.35 or 35%")
    return share


def _months(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 600:  # noqa: PLR2004
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is no number of months from 1 to 600")


def _zone(text: str) -> str:
    import zoneinfo

    if text in zoneinfo.available_timezones():
        return text
    raise argparse.ArgumentTypeError(f"“{text}” is no time zone; write Europe/Warsaw")


def _memory(text: str) -> str:
    if re.fullmatch(r"[1-9]\d*(\.\d+)?\s?[MGT]i?B", text):
        return text
    raise argparse.ArgumentTypeError(f"“{text}” is no size of memory; write 4GiB")


# name: how it is read, its default, its shape, what it says
OPTIONS: dict[str, tuple[Callable[[str], Any], Any, str, str]] = {
    "as-of": (_day, None, "DATE", "last day that counts, 2025-12-31; default: the file's last day"),
    "currency": (_currency, None, "CODE", "three letters, shown beside amounts; default: none"),
    "margin": (
        _share,
        None,
        "SHARE",
        "gross margin, 35%%, if the file has no costs; default 100%%",
    ),
    "discount": (_share, 0.10, "RATE", "yearly discount rate; default 10%%"),
    "horizon": (_months, 60, "MONTHS", "how far ahead lifetime value looks; default 60"),
    "zone": (_zone, "UTC", "ZONE", "the company's zone, for times that state another; default UTC"),
}
OPTIONS |= {
    "memory": (_memory, "1GiB", "SIZE", "of the engine here; beyond it, it works on disk"),
    "customers": (str, "", "PLACE", "where a source elsewhere writes the customers itself"),
}
LANGUAGES = ("en", "pl", "ru", "zh-hans")
COLUMN = "name a column: customer, moment, amount, price, quantity, order, product, cost …"


FILE = "one row per order or order line; or a source elsewhere: parquet:/lake, spark://host:7077"


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's options."""
    made = argparse.ArgumentParser(
        prog="mainstay analyse",
        description="Value the customers in a file of orders: CSV, XLSX or Parquet.",
        epilog="Example: mainstay analyse orders.csv --out report --currency EUR",
    )
    made.add_argument("file", type=place, metavar="FILE", help=FILE)
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="made if absent")
    for name, (kind, default, shape, words) in OPTIONS.items():
        made.add_argument(f"--{name}", type=kind, default=default, metavar=shape, help=words)
    spoken = "of report.html: en, pl, ru or zh-hans; default: your locale's, or en"
    made.add_argument("--language", choices=LANGUAGES, help=spoken)
    made.add_argument("--column", action="append", default=[], metavar="ROLE=NAME", help=COLUMN)
    return made
