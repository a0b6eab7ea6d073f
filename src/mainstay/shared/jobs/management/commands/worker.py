import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from mainstay.shared.jobs.worker import Pace, Worker


class Command(BaseCommand):
    help = "Run background jobs until stopped (Ctrl-C or SIGTERM); start as many as you like."
    requires_system_checks: list[str] = []  # checks load every page, which a worker never shows

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", action="append", help="only this queue; may be repeated")
        parser.add_argument("--lease", type=float, default=Pace.lease_seconds, metavar="SECONDS")
        parser.add_argument(
            "--backoff", type=float, default=Pace.backoff_seconds, metavar="SECONDS"
        )
        parser.add_argument("--poll", type=float, default=Pace.poll_seconds, metavar="SECONDS")
        parser.add_argument("--until-empty", action="store_true", help="end when nothing is due")

    def handle(self, **options: Any) -> None:
        pace = Pace(
            lease_seconds=options["lease"],
            backoff_seconds=options["backoff"],
            poll_seconds=options["poll"],
        )
        worker = Worker(pace=pace, queues=tuple(options["queue"] or ["default"]))
        if options["until_empty"]:
            worker.drain()
            return

        def stop(number: int, frame: FrameType | None) -> None:
            # A second signal ends the process at once.
            signal.signal(number, signal.SIG_DFL)
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        worker.run()
