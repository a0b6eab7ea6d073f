"""Read the mailboxes from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mainstay.customers.mail import fetching, queries


class Command(BaseCommand):
    help = "Read what is new in the mailboxes, paused ones left out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="only the mailbox of this name")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for number in queries.mailboxes_to_read(options["name"] or ""):
            fetching.run(number=number, now=now)
            row = queries.mailbox(number)
            if row is not None:
                self.stdout.write(f"{row.name}: {row.result}")
