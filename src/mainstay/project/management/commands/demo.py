"""`mainstay demo`: a company to try Mainstay on, valued, with a sign-in for each role."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from mainstay.people.models import Role
from mainstay.project.demo import actions
from mainstay.project.demo.actions import sign_in, staff
from mainstay.project.management.commands.serve import add_address

USUAL_SIZE, USUAL_SEED = 2_000, 7
EARLIER = timedelta(days=91)


class Command(BaseCommand):
    help = "Make the demo company once, value it, and on request serve it"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_address(parser)
        parser.add_argument("--size", type=int, default=USUAL_SIZE, help="how many organisations")
        parser.add_argument("--seed", type=int, default=USUAL_SEED, help="another seed, other data")
        parser.add_argument("--serve", action="store_true", help="serve the site afterwards")

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        if not actions.is_made():
            self._make(options["size"], options["seed"])
        if not actions.is_searched():
            actions.find_duplicates(now=timezone.now())
        if not actions.is_valued():
            earlier = timezone.localdate() - EARLIER  # so that movements have a run to begin from
            call_command("value", "run", as_of=earlier.isoformat(), stdout=self.stdout)
            call_command("value", "run", stdout=self.stdout)
        if not actions.is_staged():
            actions.stage_customers(now=timezone.now())
        if not actions.is_segmented():
            actions.segment_customers(now=timezone.now())
        if not actions.has_key_accounts():
            actions.choose_key_accounts(now=timezone.now())
        self._print_sign_ins()
        if options["serve"]:
            place = {name: options[name] for name in ("host", "port")}
            call_command("serve", **place, with_worker=True, stdout=self.stdout)

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(f"Creating the database in {settings.DATA_DIR}")
            self.stdout.flush()
            call_command("migrate", verbosity=0)

    def _make(self, size: int, seed: int) -> None:
        now = timezone.now()
        self.stdout.write(
            f"Making a wholesaler with {size:,} organisations and three years of orders"
        )
        try:
            drawn = actions.make_company(size=size, seed=seed, password=sign_in.password(), now=now)
        except actions.CannotMakeDemo as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(
            f"{len(drawn.orders):,} orders, {len(drawn.lines):,} lines, "
            f"{len(drawn.contacts):,} contacts, {len(drawn.talks):,} interactions"
        )

    def _print_sign_ins(self) -> None:
        self.stdout.write("\nSign in as          with the e-mail address")
        for role in Role:
            self.stdout.write(f"  {role.label!s:<17} {staff.sign_in_of(role)}")
        self.stdout.write(f"  the password of all is  {sign_in.password()}\n")
        self.stdout.flush()
