"""`mainstay value run`: compute a value run now, in this process."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mainstay.value import actions, tasks


class Command(BaseCommand):
    help = "Value every customer as of a day: mainstay value run [--as-of DATE] [--source URL]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        run = verbs.add_parser("run", help="compute a value run and show it everywhere")
        run.add_argument(
            "--as-of", type=_day, help="last day that counts, YYYY-MM-DD (default: today)"
        )
        run.add_argument("--source", default="", help="where the order lines are, as a URL")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        as_of = options["as_of"] or timezone.localdate(now)
        try:
            run = actions.add_run(by=None, as_of=as_of, source_url=options["source"], now=now)
            tasks.compute(run)
        except actions.CannotRun as reason:
            raise CommandError(str(reason)) from reason
        run.refresh_from_db()
        if run.state != "complete":
            raise CommandError(run.reason)
        self.stdout.write(f"Run {run.pk} as of {run.as_of}: {run.customer_count} customers valued.")


def _day(text: str) -> date:
    return date.fromisoformat(text)
