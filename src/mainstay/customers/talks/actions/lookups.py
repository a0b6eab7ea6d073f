"""Whom the rows of a batch name, looked up once for all of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.customers import queries
from mainstay.customers.models import Affiliation, Contact, ContactReference, Customer
from mainstay.people import queries as people


class Lookups:
    """Customers and contacts by the source's names for them, our people by their e-mails."""

    def __init__(
        self,
        by: Any,
        source: Any,
        rows: Sequence[Mapping[str, Any]],
        standing: Iterable[int],
    ) -> None:
        names = sorted({row["customer"].strip() for row in rows if "customer" in row})
        numbers = queries.by_reference(by, source.name, names)
        found = queries.changed_by(by).in_bulk(list(numbers.values()))
        self._customers = {name: found[pk] for name, pk in numbers.items() if pk in found}
        named = {name.strip() for row in rows for name in row.get("contacts") or ()}
        known = ContactReference.objects.filter(source=source, external_id__in=named)
        self._contacts: dict[str, Contact] = {
            each.external_id: each.contact for each in known.select_related("contact")
        }
        self._by_number = {each.pk: each for each in self._contacts.values()}
        places = Affiliation.objects.filter(
            customer__in={*found, *standing}, contact__in=self._by_number
        )
        self._places = set(places.values_list("customer", "contact"))
        self._users: dict[str, Any] = {}
        if any(row.get("users") for row in rows):
            self._users = {one.email.lower(): one for one in people.owners()}
        self._users_by_number = {one.pk: one for one in self._users.values()}

    def customer(self, named: str) -> Customer:
        name = named.strip()
        if name not in self._customers:
            message = _("“%(value)s” is no customer of this source that you may change.")
            raise ValidationError({"customer": message % {"value": name[:80]}})
        return self._customers[name]

    def contacts(
        self, customer: Customer, named: Iterable[str], stayed: Collection[int | None]
    ) -> list[int]:
        """Return the numbers of contacts; they have or had a place there, or took part before."""
        found = []
        for name in (each.strip() for each in named):
            contact = self._contacts.get(name)
            placed = contact and (customer.pk, contact.pk) in self._places
            if contact is None or not (placed or contact.pk in stayed):
                message = _(
                    "“%(value)s” is no contact of this customer; send the person with a place"
                    " there first."
                )
                raise ValidationError({"contacts": message % {"value": name[:80]}})
            found.append(contact.pk)
        return found

    def contact(self, number: int) -> Contact:
        return self._by_number[number]

    def users(self, named: Iterable[str]) -> list[int]:
        found = []
        for email in (each.strip() for each in named):
            if email.lower() not in self._users:
                message = _(
                    "“%(value)s” is nobody who works here; write the e-mail they sign in with."
                )
                raise ValidationError({"users": message % {"value": email[:80]}})
            found.append(self._users[email.lower()].pk)
        return found

    def user(self, number: int) -> Any:
        return self._users_by_number[number]
