"""`mainstay value compare --file FILE`: which model forecasts these orders best; needs no site."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from mainstay.project.analyse import command
from mainstay.project.analyse.elsewhere import place
from mainstay.project.analyse.options import COLUMN, FILE, OPTIONS

UNITS = ("day", "week", "month")
SHARED = ("as-of", "zone", "memory")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's options."""
    made = argparse.ArgumentParser(
        prog="mainstay value compare",
        description="Compare the models of purchases on a holdout of the orders in a file.",
        epilog="Example: mainstay value compare --file gifts.csv --opportunity month",
    )
    made.add_argument("--file", type=place, required=True, metavar="FILE", help=FILE)
    made.add_argument(
        "--opportunity",
        choices=UNITS,
        default="day",
        help="how often a customer can buy; with week or month BG/BB is compared too",
    )
    for name in SHARED:
        kind, default, shape, words = OPTIONS[name]
        made.add_argument(f"--{name}", type=kind, default=default, metavar=shape, help=words)
    made.add_argument("--column", action="append", default=[], metavar="ROLE=NAME", help=COLUMN)
    made.set_defaults(currency=None, customers="")
    return made


def run(words: Sequence[str]) -> int:
    """Run the command and return its exit code; every failure is one sentence."""
    return command.answered(_compare, parser().parse_args(list(words)))


def _compare(given: argparse.Namespace) -> None:
    from mainstay.analysis import valuation
    from mainstay.analysis.value.comparison_text import text
    from mainstay.analysis.value.forecasts import Cannot
    from mainstay.engine import connect

    with tempfile.TemporaryDirectory(prefix="mainstay-") as folder:
        url = given.file if isinstance(given.file, str) else "duckdb://"
        with closing(connect(url, memory=given.memory, folder=Path(folder))) as engine:
            read = command.read(engine, given, Path(folder))
            parameters = valuation.Parameters(as_of=read.as_of, model="best", level=0.9)
            found = valuation.compared(
                read.lines, engine=engine, parameters=parameters, opportunity=given.opportunity
            )
    if isinstance(found, Cannot):
        raise command.Refused(found.why)
    sys.stdout.write(f"{text(found, unit=given.opportunity)}\n")
