"""`mainstay value compare`: how each model forecast the holdout of the current run.

With --file it compares on a file of orders instead, without the site: see `project.analyse`.
"""

from argparse import ArgumentParser
from typing import Any

from mainstay.analysis.value.comparison_text import text
from mainstay.value.queries import current_run

HELP = "print how each model of purchases did on the holdout of your own data"


def add_arguments(parser: ArgumentParser) -> None:
    """Tell of --file, which never comes here: it is answered before the site is loaded."""
    parser.add_argument("--file", help="compare on a file of orders; --file FILE --help says more")


def run(options: dict[str, Any], out: Any) -> str:
    """Write the table; return a sentence where there is nothing to write."""
    current = current_run()
    if current is None:
        return "No value run is complete yet. Compute one: mainstay value run."
    found = current.summary.get("comparison")
    if not found:
        return "The current run compares no models; its back-test says why. Compute a new one."
    out.write(text(found))
    return ""
