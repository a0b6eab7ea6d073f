"""`mainstay value churn`: losses month by month, what they cost, and whether keeping more pays."""

import csv
import json
from argparse import ArgumentParser
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import CommandError

from mainstay.analysis.value.retention import Case
from mainstay.value.queries import current_part, in_minor_units
from mainstay.value.renewals.stage import KEY as RENEWALS

from . import facts, words

HELP = "print lost customers by month as CSV, or what they cost as JSON; weigh an investment"
COLUMNS = ("month", "customers", "lost", "lost_minor", "came_back", "returned", "provisional")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cost", action="store_true", help="print the cost of churn as JSON")
    parser.add_argument(
        "--renewals", action="store_true", help="print the renewals of contracts as JSON"
    )
    parser.add_argument(
        "--weigh",
        metavar="ONCE,YEARLY,LOW,EXPECTED,HIGH",
        default="",
        help="weigh an investment: its costs and the points hoped for, such as 6000,900,0,2,4",
    )


def run(options: dict[str, Any], out: Any) -> str:
    """Write what was asked for; return a sentence where there is nothing to write."""
    if options["renewals"]:
        return _renewals(out)
    told = facts.current(may_see_money=True)
    if told is None:
        return "No value run has counted losses yet. Compute one: mainstay value run."
    if told["cannot"]:
        return words.cannot_in_words(told["cannot"])
    if options["weigh"]:
        answer = facts.weighed(_case(options["weigh"]))
        if answer is None:
            return "Too few customers were lost to say what better retention would bring."
        told = answer
    elif not options["cost"]:
        return _months(told["months"], out)
    else:
        told.pop("months")
    return _json(told, out)


def _renewals(out: Any) -> str:
    part = current_part(RENEWALS)
    if part is None:
        return (
            "No value run has followed contracts yet. Record contracts, then: mainstay value run."
        )
    return _json({"run_id": part.run_id, "as_of": part.run.as_of, **part.content}, out)


def _json(told: dict[str, Any], out: Any) -> str:
    out.write(json.dumps(told, indent=1, default=str, ensure_ascii=False))
    return ""


def _months(rows: list[dict[str, Any]], out: Any) -> str:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, "churn_rate", "low", "high"])
    for row in rows:
        rate = row["churn_rate"] or {}
        ends = [rate.get(name, "") for name in ("value", "low", "high")]
        writer.writerow([*(row[name] for name in COLUMNS), *ends])
    return ""


def _case(text: str) -> Case:
    try:
        once, yearly, *points = [Decimal(each) for each in text.split(",")]
        low, expected, high = (float(each) / 100 for each in points)
        return Case(
            cost_once=in_minor_units(once),
            cost_yearly=in_minor_units(yearly),
            points_low=low,
            points=expected,
            points_high=high,
        )
    except (InvalidOperation, TypeError, OverflowError) as error:
        raise CommandError(f"“{text}” is no case. Write five numbers: 6000,900,0,2,4.") from error
    except ValueError as error:
        few = "unpack" in str(error)
        told = f"“{text}” is no case. Write five numbers: 6000,900,0,2,4." if few else str(error)
        raise CommandError(told) from error
