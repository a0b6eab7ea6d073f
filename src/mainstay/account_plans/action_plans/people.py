"""Whom the action table begins with: the buying centre's people, then the other contacts."""

from collections.abc import Callable
from typing import Any

from mainstay.customers import queries as customers

from .proposing import Somebody

_sources: list[Callable[[Any], list[Somebody]]] = []


def known_by(source: Callable[[Any], list[Somebody]]) -> None:
    """Let this say, of a customer, who of its people has which roles and goals."""
    _sources.append(source)


def known(customer: Any) -> list[Somebody]:
    """Return the people of the customer's, those with roles first."""
    told = [each for source in _sources for each in source(customer)]
    there = {each.contact.pk for each in told if each.contact is not None}
    contacts = customers.contacts_at(customer).order_by("sort_name", "pk")
    return [*told, *(Somebody(row, row.name) for row in contacts if row.pk not in there)]
