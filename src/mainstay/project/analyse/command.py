"""`mainstay analyse FILE --out DIR`: orders in; customers, summary and report out."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

from mainstay.project.analyse.options import parser

FAILED, WRONG_USE = 1, 2
MEMORY = "1GiB"  # of the engine; the models need about a third as much again


class Refused(Exception):
    """What was asked cannot be done; the text says why and what to do."""


def run(words: Sequence[str]) -> int:
    """Run the command and return its exit code; every failure is one sentence."""
    given = parser().parse_args(list(words))
    from mainstay.engine import Unanswered, UnknownSource, files
    from mainstay.project.analyse.roles import UnclearColumns

    try:
        _analyse(given)
    except (Refused, UnclearColumns) as reason:
        return _fail(str(reason), WRONG_USE)
    except (files.Unreadable, Unanswered, UnknownSource) as reason:
        return _fail(f"{given.file.name}: {reason}")
    except OSError as reason:
        return _fail(f"{reason.filename or given.out}: {reason.strerror or reason}.")
    return 0


def _fail(sentence: str, code: int = FAILED) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def _analyse(given: argparse.Namespace) -> None:
    """Read, value, write; results appear together at the end."""
    Thread(target=_prepare).start()
    from mainstay.engine.embedded import Embedded, Means
    from mainstay.project.analyse import reading
    from mainstay.project.analyse.wording import decimals_of

    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="mainstay-")))
        engine = ending.enter_context(closing(Embedded(Means(MEMORY, 0, folder))))
        decimals = decimals_of(given.currency or "")
        read = reading.read(engine, given, decimals=decimals, folder=folder)
        from mainstay.analysis import valuation
        from mainstay.project.analyse import results
        from mainstay.project.analyse.language import of_environment, speaking

        out = results.Results(given.out, ending)
        valued = valuation.value(
            read.lines,
            engine=engine,
            parameters=_parameters(given, read.as_of),
            keep=out.customers,
        )
        summary = {"source": read.described(), **valued.summary, "fingerprint": valued.fingerprint}
        with speaking(given.language or of_environment(os.environ)):
            out.rest(valued.customers, summary)
    sys.stdout.write(results.told(summary, given.out))


def _prepare() -> None:
    """Import what takes long while the engine reads the file."""
    from mainstay.analysis import valuation  # noqa: F401 - imported for those who come later
    from mainstay.engine import expressions
    from mainstay.project.analyse import results  # noqa: F401 - likewise

    expressions.compiler()


def _parameters(given: argparse.Namespace, as_of: date) -> Any:
    from mainstay.analysis.valuation import Parameters

    return Parameters(
        as_of=as_of,
        currency=given.currency or "",
        discount_rate=given.discount,
        horizon_months=given.horizon,
        default_margin=1.0 if given.margin is None else given.margin,
    )
