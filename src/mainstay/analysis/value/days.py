"""Order lines become purchase days: one row per customer and day, returns netted."""

import functools
import operator
from collections.abc import Mapping
from datetime import date

import ibis

from mainstay.analysis.tables import VALUED_KINDS


def _tests(lines: ibis.Table, as_of: date) -> dict[str, ibis.Value]:
    """Return why lines do not count, as one test per reason."""
    tests = {
        "no_customer": lines.customer_id.isnull(),
        "no_day": lines.day.isnull(),
        "after_as_of": lines.day > as_of,
        "no_amount": lines.amount_minor.isnull(),
    }
    if "kind" in lines.columns:
        tests["not_goods"] = lines.kind.fill_null("goods").notin(VALUED_KINDS)
    return tests


def _first_reasons(lines: ibis.Table, as_of: date) -> dict[str, ibis.Value]:
    """Return the tests such that a line falls under its first reason only."""
    tests = _tests(lines, as_of)
    counted: ibis.Value = ibis.literal(True)
    for name, test in tests.items():
        tests[name] = counted & test
        counted = counted & ~test
    return tests


def left_out(lines: ibis.Table, *, as_of: date) -> ibis.Table:
    """Return one row: lines and amount of each reason, as `no_customer_lines`, `…_minor`."""
    sums = {}
    for name, test in _first_reasons(lines, as_of).items():
        sums[f"{name}_lines"] = test.sum().fill_null(0).cast("int64")
        amount = lines.amount_minor.sum(where=test)
        sums[f"{name}_minor"] = amount.fill_null(0).cast("int64")
    return lines.agg(**sums)


def span(lines: ibis.Table, *, as_of: date) -> ibis.Table:
    """Return one row: lines, how many are counted, and the first day of a purchase."""
    counts = ~_any_of(_tests(lines, as_of))
    return lines.agg(
        lines=lines.count(),
        counted=lines.count(where=counts),
        first_day=lines.day.min(where=counts & _is_purchase(lines)),
    )


def counted(lines: ibis.Table, *, as_of: date) -> ibis.Table:
    """Return the lines that count: customer_id, day, amount_minor, bought (no return).

    Where the lines have them also cost_minor with costed_minor (the amount, where the cost is
    known), and units (bought).
    """
    kept = lines.filter(~_any_of(_tests(lines, as_of)))
    known: dict[str, ibis.Value] = {}
    if "cost_minor" in lines.columns:
        known["cost_minor"] = kept.cost_minor
        known["costed_minor"] = ibis.cases((kept.cost_minor.notnull(), kept.amount_minor))
    if "quantity" in lines.columns:
        known["units"] = ibis.cases((kept.quantity > 0, kept.quantity.cast("float64")))
    return kept.select("customer_id", "day", "amount_minor", bought=_is_purchase(kept), **known)


def purchase_days(lines: ibis.Table, *, as_of: date) -> ibis.Table:
    """Return one row per customer and day up to `as_of`.

    Columns: customer_id, day, amount_minor (net of returns), bought (the day has a line that is
    no return, so it is a purchase occasion), lines; and, where the lines
    have them, cost_minor (of lines whose cost is known) with costed_minor (the amount of those
    lines), and units (bought).
    """
    kept = counted(lines, as_of=as_of)
    sums = {
        "amount_minor": kept.amount_minor.sum().cast("int64"),
        "bought": kept.bought.max(),
        "lines": kept.count(),
    }
    for name in ("cost_minor", "costed_minor"):
        if name in kept.columns:
            sums[name] = kept[name].sum().cast("int64")
    if "units" in kept.columns:
        sums["units"] = kept.units.sum()
    return kept.group_by("customer_id", "day").agg(**sums)


def _any_of(tests: Mapping[str, ibis.Value]) -> ibis.Value:
    return functools.reduce(operator.or_, tests.values())


def _is_purchase(lines: ibis.Table) -> ibis.Value:
    """Tell purchases from returns; goods for nothing are a purchase, as in the published data."""
    if "quantity" not in lines.columns:
        return lines.amount_minor >= 0
    free = (lines.amount_minor == 0) & (lines.quantity.fill_null(1) > 0)
    return (lines.amount_minor > 0) | free
