"""`mainstay value board-pack`: the current run on paper."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from . import actions

HELP = "write what the current run says as a PDF for a board"


def add_arguments(parser: ArgumentParser) -> None:
    """Take the file and the language."""
    codes = [code for code, _name in settings.LANGUAGES]
    parser.add_argument("--out", required=True, metavar="FILE", help="the PDF to write")
    parser.add_argument("--language", choices=codes, default="en", help="of its words")


def run(options: dict[str, Any], out: Any) -> str:
    """Write the file; return a sentence where there is nothing to write."""
    from mainstay.shared.paper import NoFonts

    try:
        content = actions.printed(user=None, language=options["language"], now=timezone.now())
    except (actions.NothingToPrint, NoFonts) as reason:
        raise CommandError(str(reason)) from reason
    path = Path(options["out"])
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}. Name another file.") from error
    out.write(f"{path}: {len(content) // 1024} kB")
    return ""
