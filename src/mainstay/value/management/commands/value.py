"""`mainstay value run`: compute a value run now, in this process; the other verbs read it."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mainstay.value import actions, tasks
from mainstay.value.acquisition import command as acquisition
from mainstay.value.board import command as board
from mainstay.value.churn import command as churn
from mainstay.value.cohorts import command as cohorts
from mainstay.value.comparison import command as comparison
from mainstay.value.gaps import command as gaps
from mainstay.value.net_value import command as net_value
from mainstay.value.profitability import calculator_command as calculator
from mainstay.value.profitability import command as profitability
from mainstay.value.what_if import command as what_if

# A topic's `command` has HELP, `add_arguments(parser)` and `run(options, out)`, which returns what
# to tell the person besides.
TOPICS: dict[str, Any] = {
    "board-pack": board,
    "acquisition": acquisition,
    "churn": churn,
    "cohorts": cohorts,
    "compare": comparison,
    "gaps": gaps,
    "profitability": profitability,
    "calculator": calculator,
    "what-if": what_if,
    "net": net_value,
}


class Command(BaseCommand):
    help = "Value every customer as of a day and show the result everywhere"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, topic in TOPICS.items():
            topic.add_arguments(verbs.add_parser(verb, help=topic.HELP))
        run = verbs.add_parser("run", help="compute a value run and show it everywhere")
        run.add_argument(
            "--as-of", default="", help="last day that counts, YYYY-MM-DD (default: today)"
        )
        run.add_argument(
            "--source",
            default="",
            metavar="URL",
            help="order lines elsewhere: parquet:/folder, duckdb:///file.db or spark://host:7077",
        )
        run.add_argument(
            "--source-name",
            default="",
            metavar="NAME",
            help="the source whose names of customers those lines carry (default: our numbers)",
        )

        run.add_argument(
            "--model",
            default="",
            metavar="NAME",
            help="model of purchases: bg_nbd, mbg_nbd, pareto_nbd, nbd, each also with _calendar,"
            " or best, the one the holdout chooses (default: MAINSTAY_VALUE_MODEL)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if topic := TOPICS.get(options["verb"]):
            if words := topic.run(options, self.stdout):
                self.stderr.write(words)
            return
        self._value(options)

    def _value(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        try:
            run = actions.add_run(
                by=None,
                as_of=_day(options["as_of"]) or timezone.localdate(now),
                source_url=options["source"],
                source_name=options["source_name"],
                model=options["model"],
                now=now,
            )
            tasks.compute(run)
        except actions.CannotRun as reason:
            raise CommandError(str(reason)) from reason
        run.refresh_from_db()
        if run.state != "complete":
            raise CommandError(run.reason)
        self.stdout.write(f"Run {run.pk} as of {run.as_of}: {run.customer_count} customers valued.")
        if unknown := run.summary["counts"].get("unknown_customers"):
            self.stdout.write(f"{unknown} customers of the source are not in the base: left out.")
        if restricted := run.summary["counts"].get("restricted_customers"):
            told = f"{restricted} customers are left out: their processing is restricted."
            self.stdout.write(told)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        message = f"“{text}” is no day. Write it as YYYY-MM-DD, such as 2026-03-31."
        raise CommandError(message) from error
