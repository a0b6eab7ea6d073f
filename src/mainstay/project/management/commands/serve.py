"""`mainstay serve`: the site, and on request the worker beside it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mainstay.project import serving


class Command(BaseCommand):
    help = "Serve the site: mainstay serve [--host H] [--port P] [--workers N] [--with-worker]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_address(parser)
        parser.add_argument("--workers", type=int, default=2, help="processes that answer pages")
        parser.add_argument("--access-log", action="store_true", help="one line for each request")
        parser.add_argument(
            "--with-worker",
            action="store_true",
            help="run background jobs too, in a process beside",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place = serving.Place(options["host"], options["port"])
        try:
            serving.serve(
                place,
                processes=options["workers"],
                with_worker=options["with_worker"],
                access_log=options["access_log"],
                announce=lambda: self._say(f"Mainstay answers at {place.url}"),
            )
        except serving.CannotServe as reason:
            raise CommandError(str(reason)) from reason

    def _say(self, sentence: str) -> None:
        """Write at once, even where the output is a pipe: somebody waits for this line."""
        self.stdout.write(sentence)
        self.stdout.flush()


def add_address(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
