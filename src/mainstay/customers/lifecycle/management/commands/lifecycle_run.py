"""Compute the stages of all customers from the command line."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mainstay.customers.lifecycle import presenters
from mainstay.customers.lifecycle.actions.computing import compute


class Command(BaseCommand):
    help = "Compute in which stage every customer stands, and print how many there are in each."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in presenters.told(compute(now=timezone.now())):
            self.stdout.write(line)
