"""The list of refused values as a file for people: line, column, value, reason and what to do."""

import csv
from pathlib import Path

from django.utils.translation import gettext as _

from mainstay.customers.imports.kinds import Kind
from mainstay.engine.staging.bench import Bench
from mainstay.shared.sheets import unformula

LATER = ("refused_later", "refused_twice")


def write(bench: Bench, kind: Kind, target: Path) -> int:
    """Write the file, whole or not at all; return how many rows of the source file were refused."""
    sources = ["refused", *(name for name in LATER if bench.path(name).exists())]
    for name in sources:
        bench.show(name)
    union = " UNION ALL ".join(f'SELECT * FROM "{name}"' for name in sources)
    bench.run(f"CREATE OR REPLACE VIEW all_refused AS {union}")
    labels = {column.field.name: str(column.label) for column in kind.columns}
    texts = Texts(kind)
    unfinished = target.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            [_("Line"), _("Column"), _("Field"), _("Value"), _("Reason"), _("What to do")]
        )
        for batch in bench.batches("SELECT * FROM all_refused ORDER BY line, field"):
            for entry in batch.to_pylist():
                reason, advice = texts.of(entry["field"], entry["problem"])
                label = labels.get(entry["field"], "")
                cells = [entry["column"], label, entry["value"] or "", reason, advice]
                rows.writerow([entry["line"], *(unformula(cell) for cell in cells)])
    unfinished.replace(target)
    return bench.number("SELECT count(DISTINCT line) FROM all_refused")


class Texts:
    """Reason and advice for what is wrong with a field; a column's own words come first."""

    def __init__(self, kind: Kind) -> None:
        self._own = {column.field.name: column.problems for column in kind.columns}
        self._common = sentences()

    def of(self, field: str, problem: str) -> tuple[str, str]:
        own = self._own.get(field, {})
        return own.get(problem) or self._common.get(problem, ("", ""))


def sentences() -> dict[str, tuple[str, str]]:
    """Return the reason and the advice for each problem."""
    return {
        "missing": (_("The cell is empty."), _("Fill it in.")),
        "control": (
            _("The text holds an invisible control character."),
            _("Type the text anew, or export the file again as UTF-8."),
        ),
        "too_long": (_("The text is too long."), _("Shorten it.")),
        "text": (_("The value cannot be written as text."), _("Write plain text.")),
        "number": (
            _("This is not a number as the other values of the column are written."),
            _("Write it like the others, for example 1234.50 or 1 234,50."),
        ),
        "whole": (_("This is not a whole number."), _("Write it without decimals.")),
        "range": (_("The number is out of range."), _("Check for digits too many.")),
        "moment": (
            _("This is not a date as the other values of the column are written."),
            _("Write it like the others, or like 2025-12-31."),
        ),
        "moment_range": (
            _("The date lies before 1900 or after 2199."),
            _("Check the year, and whether day and month are read as you mean them."),
        ),
        "email": (_("This is not an e-mail address."), _("Write it like anna@example.com.")),
        "choice": (_("The word is not known here."), _("Use one of the words of the help page.")),
        "cells": (
            _("The line has a different number of cells than the heading."),
            _("Put cells that hold the delimiter in quotation marks, and fill in missing cells."),
        ),
        "rate": (
            _("No exchange rate is known for this currency and day."),
            _("Enter it under “Exchange rates” (a rate counts for 31 days), then import again."),
        ),
        "activity": (
            _("No activity with own quantities has this name."),
            _("Write it as under “Activities and costs”, or add it there with that driver."),
        ),
        "unknown_customer": (
            _("This source knows no customer of this number."),
            _("Correct the number, choose the source that uses it, or import customers first."),
        ),
        "future": (_("The day lies in the future."), _("Check the year, or wait for the day.")),
        "currencies": (
            _("The order begins in another currency."),
            _("Write all lines of an order in one currency, or give them orders of their own."),
        ),
        "twice": (
            _("The order has another line of this name in the same file."),
            _("Give each line of an order its own name; the first one was taken."),
        ),
        "parent": (
            _("No customer with this number is in the file or known from this source."),
            _("Add the parent organisation to the file, or leave the cell empty."),
        ),
        "owner": (
            _("Nobody signs in with this e-mail address."),
            _("Write the address of a user, or leave the cell empty."),
        ),
        "month": (
            _("This is not a month."),
            _("Write it as year and month, such as 2026-03, from 1900 to 2199."),
        ),
        "negative_cost": (
            _("A cost is zero or more."),
            _("Note a refund as a lower cost of its own month."),
        ),
        "month_twice": (
            _("The month of this channel and campaign stands on a later line too."),
            _("Add the costs up on one line; the last one was taken."),
        ),
        "erased": (
            _("This belongs to somebody who asked to be erased."),
            _("Leave the row out. If they came back, lift the block in their case first."),
        ),
        "repeated": (
            _("The number stands on an earlier line of this file too."),
            _("Keep one line for each number; the last one was taken."),
        ),
    }
