"""Order lines become purchase days: one row per customer and day, returns netted."""

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


def purchase_days(lines: ibis.Table, *, as_of: date) -> ibis.Table:
    """Return one row per customer and day up to `as_of`.

    Columns: customer_id, day, amount_minor (net of returns), bought (the day has a line that is
    no return, so it is a purchase occasion), lines; and, where the lines
    have them, cost_minor (of lines whose cost is known) with costed_minor (the amount of those
    lines), and units (bought).
    """
    counted = lines.filter([~test for test in _tests(lines, as_of).values()])
    sums = {
        "amount_minor": counted.amount_minor.sum().cast("int64"),
        "bought": _is_purchase(counted).max(),
        "lines": counted.count(),
    }
    if "cost_minor" in lines.columns:
        known = counted.amount_minor.sum(where=counted.cost_minor.notnull())
        sums["cost_minor"] = counted.cost_minor.sum().cast("int64")
        sums["costed_minor"] = known.cast("int64")
    if "quantity" in lines.columns:
        sums["units"] = counted.quantity.sum(where=counted.quantity > 0)
    return counted.group_by("customer_id", "day").agg(**sums)


def _is_purchase(lines: ibis.Table) -> ibis.Value:
    """Tell purchases from returns; goods for nothing are a purchase, as in the published data."""
    if "quantity" not in lines.columns:
        return lines.amount_minor >= 0
    free = (lines.amount_minor == 0) & (lines.quantity.fill_null(1) > 0)
    return (lines.amount_minor > 0) | free
