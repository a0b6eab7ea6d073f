"""Whom the action table begins with: the buying centre's people, then the other contacts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from mainstay.customers import queries as customers

from .proposing import Somebody

_sources: list[Callable[[Any], list[Somebody]]] = []


def known_by(source: Callable[[Any], list[Somebody]]) -> None:
    """Let this say, of a customer, who of its people has which roles and goals."""
    _sources.append(source)


def known(customer: Any, today: date) -> list[Somebody]:
    """Return the people who work at the customer's, those with roles first."""
    rows = list(customers.affiliations(customer).order_by("contact__sort_name", "pk"))
    here = {row.contact_id: row.contact for row in rows if not row.to_date or row.to_date >= today}
    told = [each for source in _sources for each in source(customer)]
    # A person may stand twice, after contacts were merged.
    found = {each.contact.pk: each for each in reversed(told) if each.contact.pk in here}
    first = [each for each in told if found.get(each.contact.pk) is each]
    return [*first, *(Somebody(row, row.name) for pk, row in here.items() if pk not in found)]
