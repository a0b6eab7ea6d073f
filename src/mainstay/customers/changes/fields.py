"""Undoing what was filled into a company's own field."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.customers.actions.filling import fill
from mainstay.customers.custom_fields import queries, words
from mainstay.customers.custom_fields.reading import Reader
from mainstay.customers.models import Customer

from .models import ChangedCustomer, ManyChange


def undo_field(
    *,
    by: Any,
    now: datetime,
    change: ManyChange,
    customers: Mapping[int, Customer],
    part: Sequence[ChangedCustomer],
) -> set[int]:
    """Write what stood there before, unless it was changed since or fits no more."""
    fields = queries.definitions("customer")
    field = next((each for each in fields if each.key == change.details.get("field")), None)
    if field is None:
        return set()
    standing = queries.values_of("customer", customers, [field])
    reader, values = Reader([field]), {}
    for row in part:
        now_is = words.told(field, standing.get(row.customer_id, {}).get(field.key))
        if now_is != change.details["value"]:
            continue
        try:
            empty = row.old_value in (None, [])
            values[row.customer_id] = None if empty else reader.one(field.key, row.old_value)
        except ValidationError:
            continue  # an answer that was put away, a colleague who left: named as kept
    return fill(by=by, now=now, customers=customers.values(), field=field, values=values)
