"""The search columns of records that were merged or brought back."""

from collections.abc import Collection

from mainstay.customers import actions as customers
from mainstay.customers import rules
from mainstay.customers.models import Affiliation, Contact


def refresh(subject: str, pks: Collection[int]) -> None:
    """Make the search columns of these records anew, and of customers whose contacts they are."""
    if subject == "customer":
        customers.refresh_search(pks)
        return
    for contact in Contact.objects.filter(pk__in=pks):
        values = {"name": contact.name, "email": contact.email, "phone": contact.phone}
        columns = rules.contact_search(values)
        contact.sort_name, contact.search = columns["sort_name"], columns["search"]
        contact.save(update_fields=["sort_name", "search"])
    places = Affiliation.objects.filter(contact__in=pks)
    customers.refresh_search(places.values_list("customer", flat=True).distinct())
