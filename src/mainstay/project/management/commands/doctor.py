"""`mainstay doctor`: one line for each thing that must be right, and what to do where it is not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mainstay.project import doctor


class Command(BaseCommand):
    help = "Check this installation: database, keys, folders, languages, front-end parts"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        sick = 0
        for finding in doctor.examine():
            sick += not finding.healthy
            mark = "ok  " if finding.healthy else "FIX "
            self.stdout.write(
                f"{mark}{finding.subject:<20} {finding.fact}  {finding.advice}".rstrip()
            )
        if sick:
            raise CommandError(f"{sick} to repair")
        self.stdout.write("all well")
