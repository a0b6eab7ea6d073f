"""`mainstay export`: everything there is, in an open format."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mainstay.project.moving import exporting
from mainstay.project.moving.refusals import Refused


class Command(BaseCommand):
    help = "Write everything to a new folder or ZIP file: to back up, to move, to leave."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a new folder, or a file that ends in .zip")
        parser.add_argument("--format", choices=["parquet", "csv"], default="parquet")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"].resolve()
        try:
            done = exporting.everything(path, form=options["format"], now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        told = f"{done.rows:,} rows in {done.tables} tables, {done.files:,} files"
        self.stdout.write(f"{path}: {told}")
