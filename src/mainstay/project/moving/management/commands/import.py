"""`mainstay import`: rows from a file, or everything from an export."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command, load_command_class
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.customers.imports import kinds
from mainstay.project.moving import restoring
from mainstay.project.moving.refusals import Refused


class Command(BaseCommand):
    help = (
        "Import customers, products or orders from a file, or everything from an export: "
        "mainstay import customers FILE --source NAME, mainstay import EXPORT"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = ", ".join(kind.key for kind in kinds.every())
        parser.add_argument(
            "kind", help=f"what the file holds ({known}); or the folder or ZIP file of an export"
        )
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--source", help="where the file comes from; not for an export")
        parser.add_argument("--dry-run", action="store_true", help="check, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] is None:
            self._restore(Path(options["kind"]).resolve(), dry_run=options["dry_run"])
            return
        known = [kind.key for kind in kinds.every()]
        if options["kind"] not in known:
            text = _("A file holds one of: %(known)s. An export is named alone.")
            raise CommandError(text % {"known": ", ".join(known)})
        if not options["source"]:
            raise CommandError(_("Say where the file comes from: --source NAME."))
        command = load_command_class("mainstay.customers.imports", "import")
        given = {name: options[name] for name in ("source", "dry_run")}
        call_command(command, options["kind"], str(options["file"]), stdout=self.stdout, **given)

    def _restore(self, path: Path, *, dry_run: bool) -> None:
        if not path.exists():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        try:
            if dry_run:
                restoring.check(path)
                self.stdout.write(_("The export is complete and unchanged."))
                return
            done = restoring.restore(path, now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(done)

    def _tell(self, done: restoring.Restored) -> None:
        if done.again:
            self.stdout.write(_("This export is here already; nothing was changed."))
            return
        counts = {"rows": f"{done.rows:,}", "tables": done.tables, "files": done.files}
        self.stdout.write(
            _("%(rows)s rows in %(tables)d tables and %(files)d files came in.") % counts
        )
        self.stdout.write(_("Nobody has a password yet: mainstay user link EMAIL makes a link."))
        if done.other_key:
            self.stdout.write(
                _(
                    "The secret key is another than that of the original: who was erased there is"
                    " not recognised here. Bring its file secret_key to be safe."
                )
            )
