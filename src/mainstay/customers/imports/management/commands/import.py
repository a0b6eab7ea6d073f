"""Import a file from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.customers.imports import actions, kinds, presenters, process, queries, storage
from mainstay.engine.files import Unreadable


class Command(BaseCommand):
    help = "Import customers, products or orders from a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=[kind.key for kind in kinds.every()])
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="where the file comes from")
        parser.add_argument("--dry-run", action="store_true", help="check, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].resolve()
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        kind = kinds.known(options["kind"])
        try:
            row = actions.start_from_path(
                by=None, now=timezone.now(), kind=kind, source=options["source"], path=path
            )
            actions.ask(row=row, dry_run=options["dry_run"], now=timezone.now())
            process.run(number=row.pk, now=timezone.now())
        except (Unreadable, actions.NotNow) as refusal:
            raise CommandError(presenters.sentence(refusal)) from refusal
        self._tell(queries.by_number(row.pk))

    def _tell(self, row: Any) -> None:
        """Say what happened, or would."""
        if row.reason:
            raise CommandError(row.reason)
        for line in presenters.told(row):
            self.stdout.write(line)
        if row.refused:
            self.stdout.write(str(storage.folder(row.folder) / "refused.csv"))
