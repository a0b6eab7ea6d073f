"""Lines of a source elsewhere: whose they are in our own base, and which name nobody we know."""

import ibis
from ibis import _


def named(lines: ibis.Table, names: ibis.Table) -> ibis.Table:
    """Return the lines with the column `ours`: our number of the customer, null if unknown.

    Args:
        lines: `tables.canonical` order lines; customer_id is a name in the source.
        names: one row per known customer: `name` (text) and `ours`.
    """
    keyed = lines.mutate(name=_.customer_id.cast("string"))
    return keyed.left_join(names, "name").select(*keyed.columns, "ours")


def known(named: ibis.Table) -> ibis.Table:
    """Return the lines of known customers by our numbers, and those that name no customer."""
    kept = named.filter(_.ours.notnull() | _.name.isnull())
    return kept.mutate(customer_id=_.ours).drop("name", "ours")


def unknown(named: ibis.Table) -> ibis.Table:
    """Return one row: lines, amount and customers that the base does not know."""
    return named.filter(_.ours.isnull() & _.name.notnull()).agg(
        unknown_lines=_.count(),
        unknown_minor=_.amount_minor.sum().fill_null(0).cast("int64"),
        unknown_customers=_.name.nunique(),
    )


def without(lines: ibis.Table, customers: ibis.Table) -> ibis.Table:
    """Return the lines of all others; `customers` has the column `apart`, our numbers."""
    return lines.anti_join(customers, lines.customer_id == customers.apart)


def apart(lines: ibis.Table, customers: ibis.Table) -> ibis.Table:
    """Return one row: lines, amount and number of these customers, as `restricted_…`."""
    theirs = lines.semi_join(customers, lines.customer_id == customers.apart)
    return theirs.agg(
        restricted_lines=theirs.count(),
        restricted_minor=theirs.amount_minor.sum().fill_null(0).cast("int64"),
        restricted_customers=theirs.customer_id.nunique(),
    )
