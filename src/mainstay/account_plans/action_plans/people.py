"""Whom the action table begins with: the customer's contacts, as the buying centre knows them."""

from typing import Any

from mainstay.customers import queries as customers

from .proposing import Somebody


def known(customer: Any) -> list[Somebody]:
    """Return the people of the customer's."""
    found = customers.contacts_at(customer).order_by("sort_name", "pk")
    return [Somebody(each, each.name) for each in found]
