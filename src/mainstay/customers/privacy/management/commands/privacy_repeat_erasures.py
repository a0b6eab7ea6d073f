"""`mainstay privacy repeat-erasures`: who was erased does not come back by a restored backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.customers.privacy import actions, register


class Command(BaseCommand):
    help = "Erase again whom a restored backup brought back, by the register of erasures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--register", type=Path, help="the file that was kept; else ours")
        parser.add_argument("--dry-run", action="store_true", help="count, erase nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["register"] or register.path()
        if not file.is_file():
            text = _("There is no register at %(path)s. Name the one you kept: --register FILE.")
            raise CommandError(text % {"path": file})
        try:
            entries = register.read(file)
        except register.Unreadable as place:
            text = _("Line %(line)s of %(path)s is no erasure. Take an undamaged copy.")
            raise CommandError(text % {"line": place, "path": file}) from place
        done = actions.repeat_erasures(
            entries=entries, now=timezone.now(), dry_run=options["dry_run"]
        )
        self._tell(done, len(entries), dry_run=options["dry_run"])

    def _tell(self, done: actions.Repeated, total: int, *, dry_run: bool) -> None:
        counts = {"all": total, "back": len(done.back), "gone": done.gone, "others": done.others}
        said = _("%(all)d erasures in the register: %(back)d erased again, %(gone)d gone already.")
        if dry_run:
            said = _("%(all)d erasures in the register: %(back)d are back, %(gone)d gone already.")
        self.stdout.write(said % counts)
        if done.others:
            text = _(
                "Left alone: %(others)d. Their numbers belong to somebody else now, or the secret"
                " key is not the one of the erasures."
            )
            self.stdout.write(text % counts)
