"""`mainstay analyse FILE --out DIR`: orders in; customers, summary and report out."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

from mainstay.project.analyse.options import parser

FAILED, WRONG_USE = 1, 2


class Refused(Exception):
    """What was asked cannot be done; the text says why and what to do."""


def run(words: Sequence[str]) -> int:
    """Run the command and return its exit code; every failure is one sentence."""
    return answered(_analyse, parser().parse_args(list(words)))


def answered(work: Callable[[argparse.Namespace], None], given: argparse.Namespace) -> int:
    """Do the work and return the exit code; what cannot be done is told in a sentence."""
    from mainstay.engine import Unanswered, UnknownSource, files
    from mainstay.project.analyse.roles import UnclearColumns

    try:
        work(given)
    except (Refused, UnclearColumns) as reason:
        return _fail(str(reason), WRONG_USE)
    except (files.Unreadable, Unanswered, UnknownSource) as reason:
        return _fail(f"{getattr(given.file, 'name', 'The source')}: {reason}")
    except OSError as reason:
        return _fail(f"{reason.filename or given.file}: {reason.strerror or reason}.")
    return 0


def _fail(sentence: str, code: int = FAILED) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def _analyse(given: argparse.Namespace) -> None:
    """Read, value, write; results appear together at the end."""
    Thread(target=_prepare).start()
    from mainstay.engine import connect

    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="mainstay-")))
        url = given.file if isinstance(given.file, str) else "duckdb://"
        engine = ending.enter_context(closing(connect(url, memory=given.memory, folder=folder)))
        found = read(engine, given, folder)
        from mainstay.project.analyse import results
        from mainstay.project.analyse.language import of_environment, speaking

        out = results.Results(given.out, ending)
        valued = _valued(found, engine, out, given)
        summary = {"source": found.described(), **valued.summary, "fingerprint": valued.fingerprint}
        with speaking(given.language or of_environment(os.environ)):
            out.rest(valued.customers, summary)
    sys.stdout.write(results.told(summary, given.out))


def read(engine: Any, given: argparse.Namespace, folder: Path) -> Any:
    """Return the order lines that the person named."""
    from mainstay.project.analyse.wording import decimals_of

    if isinstance(given.file, str):
        from mainstay.project.analyse import elsewhere

        return elsewhere.read(engine, given.file, as_of=given.as_of, customers=given.customers)
    if given.customers:
        raise Refused("--customers is for sources elsewhere; those of a file are written to --out.")
    from mainstay.project.analyse import reading

    decimals = decimals_of(given.currency or "")
    return reading.read(engine, given, decimals=decimals, folder=folder)


def _valued(read: Any, engine: Any, out: Any, given: argparse.Namespace) -> Any:
    """Value the customers; of those kept elsewhere, return the few that the report names."""
    from mainstay.analysis import valuation

    parameters = _parameters(given, read.as_of)
    if not given.customers:
        return valuation.value(read.lines, engine=engine, parameters=parameters, keep=out.customers)
    from mainstay.project.analyse import elsewhere

    def write(customers: Any) -> None:
        engine.write_parquet(customers, given.customers)

    found = valuation.value_there(read.lines, engine=engine, parameters=parameters, keep=write)
    return replace(found, customers=elsewhere.shown(engine, found.customers))


def _prepare() -> None:
    """Import what takes long while the engine reads the file."""
    from mainstay.analysis import valuation  # noqa: F401 - imported for those who come later
    from mainstay.engine import expressions
    from mainstay.project.analyse import results  # noqa: F401 - likewise

    expressions.compiler("duckdb")


def _parameters(given: argparse.Namespace, as_of: date) -> Any:
    from mainstay.analysis.valuation import Parameters

    return Parameters(
        as_of=as_of,
        currency=given.currency or "",
        discount_rate=given.discount,
        horizon_months=given.horizon,
        default_margin=1.0 if given.margin is None else given.margin,
    )
