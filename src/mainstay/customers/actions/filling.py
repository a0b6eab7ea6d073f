"""A company's own field, filled in for many customers at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from mainstay.customers.actions.findable import refresh_search
from mainstay.customers.custom_fields import actions
from mainstay.customers.custom_fields.models import Definition
from mainstay.customers.custom_fields.rules import SORTED_TEXTS
from mainstay.customers.models import Customer
from mainstay.records.actions import record_many


def fill(
    *,
    by: Any,
    now: datetime,
    customers: Iterable[Customer],
    field: Definition,
    values: Mapping[int, Any],
) -> set[int]:
    """Write the value of each customer, and return whose field is another one now."""
    standing = {customer.pk: customer for customer in customers}
    stored = {number: {field.key: value} for number, value in values.items()}
    changes = actions.write("customer", stored, {field.key: field})
    touched = Customer.objects.filter(pk__in=list(changes))
    touched.update(version=F("version") + 1, updated_at=now)
    told = [(standing[number], old, new) for number, (old, new) in changes.items()]
    record_many(by=by, verb="customer.changed", changes=told, now=now)
    if field.type in SORTED_TEXTS and not field.seen_by:
        refresh_search(changes)
    return set(changes)
