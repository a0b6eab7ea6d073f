"""Read e-mails from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.customers.mail import actions, presenters, process, queries

PIECE = 1 << 20


class Command(BaseCommand):
    help = "Put the e-mails of an .eml or .mbox file onto timelines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].resolve()
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        now = timezone.now()
        with path.open("rb") as file:
            chunks = iter(lambda: file.read(PIECE), b"")
            row = actions.keep(by=None, now=now, chunks=chunks, name=path.name)
        process.run(number=row.pk, now=now)
        read = queries.intake(row.pk)
        if read.reason:
            raise CommandError(read.reason)
        for line in presenters.told(read):
            self.stdout.write(line)
