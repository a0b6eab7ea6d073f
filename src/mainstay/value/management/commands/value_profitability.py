"""`mainstay value profitability`: what customers earned us after the cost to serve them."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mainstay.shared.money import written
from mainstay.value.profitability import actions, tasks


class Command(BaseCommand):
    help = "Compute the profitability of every customer by activity-based costing and show it"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of", default="", help="last day of the year, YYYY-MM-DD (default: today)"
        )
        parser.add_argument("--json", action="store_true", help="print the whole summary as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        as_of = _day(options["as_of"]) or timezone.localdate(now)
        run = actions.add_run(by=None, as_of=as_of, now=now)
        tasks.compute(run)
        run.refresh_from_db()
        if run.state != "complete":
            raise CommandError(run.reason)
        text = json.dumps(run.summary) if options["json"] else _told(run)
        self.stdout.write(text)


def _told(run: Any) -> str:
    unit, told = run.parameters["currency"], run.summary
    whale, check = told["whale"], told["check"]
    lines = [
        f"Customer profitability from {told['first']} to {run.as_of}",
        f"Customers           {told['n']:,}, {told['silent']:,} more were silent",
        f"Gross margin        {written(told['margin_minor'], unit)}",
        f"Cost to serve       {written(told['cost_to_serve_minor'], unit)}",
        f"Net profit          {written(told['net_profit_minor'], unit)}",
        (
            f"Peak of the whale   {written(whale['peak_minor'], unit)}"
            f" from {whale['peak_customers']:,} customers"
        ),
        (
            f"Lost beyond it      {written(whale['loss_minor'], unit)}"
            f" on {whale['loss_customers']:,} customers"
        ),
        (
            f"Cost of activities  {written(check['pool_minor'], unit)} ="
            f" {written(check['carried_minor'], unit)} carried"
            f" + {written(check['unused_minor'], unit)} unused"
            f" + {written(check['unallocated_minor'], unit)} on nobody"
        ),
    ]
    return "\n".join(lines)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        message = f"“{text}” is no day. Write it as YYYY-MM-DD, such as 2026-03-31."
        raise CommandError(message) from error
