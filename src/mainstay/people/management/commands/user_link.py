"""`mainstay user link`: who runs the site lets a member of staff set a new password."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mainstay.people import presenters, queries
from mainstay.people.actions import make_link


class Command(BaseCommand):
    help = "Make a link by which a member of staff sets a new password; it works once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address to sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = queries.member_called(options["email"])
        if user is None:
            raise CommandError(f"Nobody signs in as {options['email']}. Check the address.")
        try:
            token = make_link(by=None, user=user, now=timezone.now())
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Open on this site: {presenters.join_path(token)}")
