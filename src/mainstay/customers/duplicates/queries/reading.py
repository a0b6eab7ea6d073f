"""Customers as the search for duplicates reads them, and what of them an explanation shows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from mainstay.customers.models import Address, Customer

SLICE = 5_000
FIELDS = ("id", "kind", "name", "email", "phone", "website", "tax_number", "country", "city")
ADDRESS = ("street", "postcode", "city", "region")
# Which fields a step of the explanation quotes.
QUOTED = {
    "surname": ("name",),
    "given": ("name",),
    "name": ("name",),
    "form": ("name",),
    "email": ("email",),
    "phone": ("phone",),
    "tax": ("tax_number",),
    "address": ("street",),
    "town": ("postcode", "city"),
    "site": ("website",),
}
Written = dict[str, Any]


def compared() -> QuerySet[Customer]:
    """Return the customers that may be compared: not archived, their processing not restricted."""
    return Customer.objects.filter(archived_at=None, restricted=False)


def changed_since(moment: datetime) -> frozenset[int]:
    """Return the numbers of customers that are new or have changed, or their addresses."""
    rows = compared().filter(Q(updated_at__gte=moment) | Q(created_at__gte=moment))
    moved = Address.objects.filter(updated_at__gte=moment).values_list("customer", flat=True)
    return frozenset(rows.values_list("pk", flat=True)) | frozenset(moved)


def written(kind: str) -> Iterator[Written]:
    """Yield the customers of one kind with their first address, by number."""
    last = 0
    rows = compared().filter(kind=kind).order_by("pk").values(*FIELDS)
    while some := list(rows.filter(pk__gt=last)[:SLICE]):
        last = some[-1]["id"]
        yield from with_addresses(some)


def of(numbers: list[int]) -> dict[int, Written]:
    """Return these customers as they are compared."""
    found: dict[int, Written] = {}
    for start in range(0, len(numbers), SLICE):
        rows = list(compared().filter(pk__in=numbers[start : start + SLICE]).values(*FIELDS))
        found |= {row["id"]: row for row in with_addresses(rows)}
    return found


def with_addresses(rows: list[Written]) -> list[Written]:
    """Return the rows with street, postcode and town of each one's first address."""
    numbers = [row["id"] for row in rows]
    told = Address.objects.filter(customer__in=numbers).order_by("-pk")
    first = {address.pop("customer"): address for address in told.values("customer", *ADDRESS)}
    for row in rows:
        address = first.get(row["id"], {})
        row |= {name: value for name, value in address.items() if value}
    return rows


def quoted(row: Written, field: str) -> str:
    """Return what a record has in the field of a step, as it was written."""
    return " ".join(str(row.get(name) or "") for name in QUOTED.get(field, ())).strip()
