"""`mainstay value profitability`: what customers earned us after the cost to serve them."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from mainstay.shared.money import written

from . import actions, tasks

HELP = "compute every customer's profit by activity-based costing, show it, and print the sums"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--as-of", default="", help="last day of the year, YYYY-MM-DD (default: today)"
    )
    parser.add_argument("--json", action="store_true", help="print the whole summary as JSON")


def run(options: dict[str, Any], out: Any) -> str:
    """Compute, publish and print."""
    now = timezone.now()
    try:
        day = date.fromisoformat(options["as_of"]) if options["as_of"] else timezone.localdate(now)
    except ValueError as error:
        message = f"“{options['as_of']}” is no day. Write it as YYYY-MM-DD, such as 2026-03-31."
        raise CommandError(message) from error
    computed = actions.add_run(by=None, as_of=day, now=now)
    tasks.compute(computed)
    computed.refresh_from_db()
    if computed.state != "complete":
        raise CommandError(str(computed.reason))
    out.write(json.dumps(computed.summary) if options["json"] else _told(computed))
    return ""


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
    if restricted := told.get("restricted_customers"):
        lines.append(f"Left out            {restricted:,} customers whose processing is restricted")
    return "\n".join(lines)
