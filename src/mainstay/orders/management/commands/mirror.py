"""`mainstay mirror rebuild`: make the columnar mirror of the order lines anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mainstay.orders import actions


class Command(BaseCommand):
    help = "Make the columnar mirror of the order lines anew from the database"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("rebuild", help="read every order line and write the mirror anew")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{actions.rebuild()} order lines in the mirror.")
