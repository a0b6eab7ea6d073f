"""The canonical input tables: columns, types, units. Every engine and every source speaks them."""

import ibis

# One row per order line. Money in minor units of one currency; days in the company's time zone.
ORDER_LINES = ibis.schema(
    {
        "customer_id": "int64",  # or string, where the source has names; null: not known
        "order_id": "int64",  # or string
        "day": "date",
        "amount_minor": "int64",  # what the customer pays for the line; negative: a return
        "cost_minor": "int64",  # null: not known
        "quantity": "float64",
        "kind": "string",  # goods, postage, manual, discount; null is goods
    }
)
NEEDED = ("customer_id", "day", "amount_minor")
# What the customer's purchases are made of; postage and manual lines are left out and counted.
VALUED_KINDS = ("goods", "discount")


def check(lines: ibis.Table) -> None:
    """Raise ValueError unless the order lines have every needed column."""
    if missing := [name for name in NEEDED if name not in lines.columns]:
        raise ValueError(f"The order lines have no column {', '.join(missing)}; map it first.")


def canonical(lines: ibis.Table) -> ibis.Table:
    """Return order lines from outside in the types of ORDER_LINES; a customer's name stays text.

    Raises:
        ValueError: a needed column is absent, or one holds what cannot be read as it must be.
    """
    check(lines)
    found = {name: _READERS[name](lines[name]) for name in _READERS if name in lines.columns}
    return lines.select(**found)


def _customer(column: ibis.Value) -> ibis.Value:
    if column.type().is_floating():  # whole numbers with gaps, as data frames keep them
        return column.nullif(float("nan")).try_cast("int64")
    return column.cast("int64") if column.type().is_integer() else _text(column)


def _text(column: ibis.Value) -> ibis.Value:
    return column if column.type().is_string() else _refused(column, "text")


def _whole(column: ibis.Value) -> ibis.Value:
    if column.type().is_floating():
        column = column.nullif(float("nan"))
    return column.round().cast("int64") if column.type().is_numeric() else _refused(column, _AMOUNT)


def _number(column: ibis.Value) -> ibis.Value:
    return column.cast("float64") if column.type().is_numeric() else _refused(column, "numbers")


def _day(column: ibis.Value) -> ibis.Value:
    if column.type().is_timestamp() or column.type().is_date():
        return column.cast("date")
    return _refused(column, "days")


def _refused(column: ibis.Value, wanted: str) -> ibis.Value:
    name, kind = column.get_name(), str(column.type())
    raise ValueError(f"The column {name} holds {kind}; it must hold {wanted}. Convert it first.")


_AMOUNT = "whole numbers of minor units"
_READERS = {
    "customer_id": _customer,
    "day": _day,
    "amount_minor": _whole,
    "cost_minor": _whole,
    "quantity": _number,
    "kind": _text,
}
