"""Customers and contacts in the command palette."""

from typing import Any

from django.urls import reverse

from mainstay.customers import pages, queries
from mainstay.people.permissions import can
from mainstay.shared import countries
from mainstay.shared.palette import HITS_PER_GROUP, Hit
from mainstay.shared.search import first_by_name


def customers(user: Any, term: str) -> list[Hit]:
    """Return the first customers by name that hold every word."""
    if not can(user, "customers.view"):
        return []
    found = first_by_name(queries.listed_along(user), term, HITS_PER_GROUP)
    return [
        Hit(
            row.name,
            ", ".join(part for part in (row.city, countries.name(row.country)) if part),
            pages.url(row.pk),
            "building-2" if row.kind == "organisation" else "user",
        )
        for row in found
    ]


def contacts(user: Any, term: str) -> list[Hit]:
    if not can(user, "customers.view"):
        return []
    found = first_by_name(queries.contacts_listed(user), term, HITS_PER_GROUP)
    return [
        Hit(r.name, r.email, reverse("customers:contact", args=[r.pk]), "contact") for r in found
    ]
