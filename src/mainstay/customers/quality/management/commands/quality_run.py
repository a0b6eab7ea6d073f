"""Check the file of customers from the command line."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mainstay.customers.quality import actions, presenters


class Command(BaseCommand):
    help = "Check every customer by the rules of data quality and fill the worklist."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = actions.run_now(now=timezone.now())
        except ValidationError as refusal:
            raise CommandError(refusal.messages[0]) from refusal
        for line in presenters.told(run, timezone.now()):
            self.stdout.write(line)
