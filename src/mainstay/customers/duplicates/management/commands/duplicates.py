"""`mainstay duplicates find`: look for duplicates now, in this process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mainstay.customers.duplicates import actions, queries, tasks
from mainstay.customers.duplicates.models import Reach, ScanState


class Command(BaseCommand):
    help = "Look for duplicates among the customers, or list the pairs to decide"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        find = verbs.add_parser("find", help="look for duplicates now")
        find.add_argument(
            "--changed", action="store_true", help="only of new and changed customers"
        )
        pairs = verbs.add_parser("pairs", help="list the pairs to decide, the most probable first")
        pairs.add_argument("--limit", type=int, default=100)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "find":
            self._find(Reach.CHANGED if options["changed"] else Reach.EVERYTHING)
        else:
            self._pairs(max(options["limit"], 0))

    def _find(self, reach: Reach) -> None:
        try:
            scan = actions.add_scan(by=None, reach=reach, now=timezone.now())
        except actions.CannotScan as reason:
            raise CommandError(str(reason)) from reason
        tasks.compute(scan)
        if scan.state != ScanState.COMPLETE:
            raise CommandError(scan.reason)
        for kind, counts in scan.counts.items():
            told = ", ".join(f"{name} {n}" for name, n in counts.items())
            self.stdout.write(f"{kind}: {told}")

    def _pairs(self, limit: int) -> None:
        for pair in queries.open_pairs(None)[:limit]:
            self.stdout.write(
                f"{pair.probability:.4f}  {pair.zone:5}  {pair.left}  =  {pair.right}"
            )
