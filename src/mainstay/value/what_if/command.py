"""`mainstay value what-if`: what other levers would come to, beside today."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from mainstay.shared import money
from mainstay.value.presenters.explained import currency

from .outcome import LEVERS, Result, Today, moved, today

HELP = "compute what another retention, margin, discount rate or cost would come to"


def add_arguments(parser: ArgumentParser) -> None:
    for name, text in (
        ("--retention", "share of customers that stay a year, in %%"),
        ("--margin", "gross margin, in %%"),
        ("--discount-rate", "a year, in %%"),
    ):
        parser.add_argument(name, type=float, default=None, help=f"{text} (default: as it is)")
    parser.add_argument(
        "--cost",
        action="append",
        default=[],
        metavar="ACTIVITY=AMOUNT",
        help="yearly cost of an activity by its name, in whole units; may be given several times",
    )


def run(options: dict[str, Any], out: Any) -> str:
    """Print both versions; return a sentence where there is nothing to move."""
    now = today()
    if now is None:
        return "No value run is complete yet. Compute one: mainstay value run."
    try:
        levers = {
            name: options[name] / 100 if options[name] is not None else None for name in LEVERS
        }
        then = moved(now, levers | {"costs": _costs(now, options["cost"])})
    except ValueError as reason:
        raise CommandError(str(reason)) from reason
    unit = currency(now.run)
    out.write(f"{'':<28}{'today':>18}{'then':>18}  {unit}")
    for label, before, after in _lines(moved(now, {}), then, unit):
        out.write(f"{label:<28}{before:>18}{after:>18}")
    return ""


def _costs(now: Today, given: list[str]) -> dict[str, int]:
    keys = {name.casefold(): key for key, name in now.names.items()}
    costs = {}
    for text in given:
        name, _sign, amount = text.rpartition("=")
        if name.strip().casefold() not in keys:
            known = ", ".join(now.names.values()) or "none"
            raise ValueError(f"“{text}” names no activity. The activities are: {known}.")
        try:
            cost = float(amount)
        except ValueError as error:
            raise ValueError(f"“{amount}” is no amount; write Picking=12000.") from error
        digits = money.digits(currency(now.run))
        costs[keys[name.strip().casefold()]] = round(cost * 10**digits)
    return costs


def _lines(before: Result, after: Result, unit: str) -> list[tuple[str, str, str]]:
    lines = []
    if before.equity and after.equity:
        for label, a, b in zip(
            ("customer equity", "  low", "  high"), before.equity, after.equity, strict=True
        ):
            lines.append((label, _amount(a, unit), _amount(b, unit)))
    if (now := before.profit) and (then := after.profit):
        net = (_amount(now.net_minor, unit), _amount(then.net_minor, unit))
        lines.append(("net profit in a year", *net))
        counts = (str(now.unprofitable), str(then.unprofitable))
        lines.append(("unprofitable customers", *counts))
    return lines


def _amount(minor: float, unit: str) -> str:
    return f"{money.major(round(minor), unit):,.0f}"
