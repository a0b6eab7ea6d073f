"""mainstay mcp: the tools for assistants, as the user of a token."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mainstay.people.queries import working_token


class Command(BaseCommand):
    help = (
        "Let an assistant ask and, after a person confirmed, write, over the Model Context"
        " Protocol on standard input and output. MAINSTAY_TOKEN holds an API token of the user."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only look whether the token works"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from mainstay.project.assistant.server import made
        from mainstay.project.assistant.session import TOKEN

        token = working_token(os.environ.get(TOKEN, ""), now=timezone.now())
        if token is None:
            raise CommandError(
                f"Set {TOKEN} to an API token that works: make one at Your profile → API tokens."
            )
        if options["check"]:
            self.stdout.write(f"{token.name} of {token.user}: {', '.join(token.scopes)}.")
            return
        made().run("stdio")
