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
        raise ValueError(f"the order lines have no column {', '.join(missing)}; map it first")
