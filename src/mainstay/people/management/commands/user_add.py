"""`mainstay user add`: the first administrator, or any member, from the command line."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mainstay.people import queries
from mainstay.people.actions import add_user


class Command(BaseCommand):
    help = "Add a member of staff; the first one is usually an administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = [role for role, _name in queries.role_choices()]
        parser.add_argument("email", help="the e-mail address to sign in with")
        parser.add_argument("--name", default="", help="shown to colleagues")
        parser.add_argument("--role", default="administrator", choices=roles)
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input, not from the keyboard",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"] or options["email"].split("@")[0]
        password = _password(from_stdin=options["password_stdin"])
        try:
            user = add_user(
                by=None,
                email=options["email"],
                name=name,
                role=options["role"],
                password=password,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Added {user.name} <{user.email}> as {user.get_role_display()}.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Password again: ") != password:
        raise CommandError("The two passwords differ. Type the same twice.")
    return password
