"""Whom we know already by the e-mail address or telephone number somebody left."""

from typing import Any

from mainstay.customers.models import Affiliation, Contact, Customer
from mainstay.customers.privacy import queries as privacy
from mainstay.shared.search import matching

MOST_LOOKED_AT = 50


def known(email: str, phone: str) -> tuple[Customer | None, Contact | None]:
    """Return the customer and contact, if exactly one has this e-mail, or else this number.

    Who asked to be erased is known to nobody: a person decides on their return.
    """
    if was_erased(email, phone):
        return None, None
    for name, value in (("email", email), ("phone", phone)):
        if value and (contact := _only(Contact, name, value)):
            return _customer_of(contact), contact
        if value and (customer := _only(Customer, name, value)):
            return customer, None
    return None, None


def was_erased(email: str, phone: str) -> bool:
    """Answer whether somebody known by one of these asked to be erased."""
    typed = {"email": email, "phone": phone}
    return any(privacy.erased_among(trait, [value]) for trait, value in typed.items() if value)


def _only(model: Any, name: str, value: str) -> Any:
    """Return the only row that is not archived with this value, found by the search index."""
    rows = matching(model.objects.filter(archived_at=None), value)[:MOST_LOOKED_AT]
    found = [row for row in rows if getattr(row, name).lower() == value.lower()]
    return found[0] if len(found) == 1 else None


def _customer_of(contact: Contact) -> Customer | None:
    """Return where the contact works, the latest of several places."""
    rows = Affiliation.objects.filter(contact=contact, to_date=None, customer__archived_at=None)
    place = rows.select_related("customer").order_by("-from_date", "-pk").first()
    return place.customer if place else None
