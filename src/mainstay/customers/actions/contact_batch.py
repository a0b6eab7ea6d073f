"""Recording many contacts of one source at once: known ones change, new ones are added."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries
from mainstay.customers.actions.cleaning import (
    AFFILIATION_FIELDS,
    CONTACT_FIELDS,
    allowed,
    may_edit,
)
from mainstay.customers.actions.contacts import _check_dates, _write, find_again
from mainstay.customers.actions.custom import CustomOfContacts
from mainstay.customers.actions.customers import source_named
from mainstay.customers.actions.erased import erased_references, refuse_erased, refuse_reference
from mainstay.customers.actions.findable import refresh_search
from mainstay.customers.actions.recorded import Recorded
from mainstay.customers.models import Affiliation, Contact, ContactReference, Customer
from mainstay.customers.privacy.queries import any_erased, contacts_of
from mainstay.records.actions import record_many
from mainstay.shared import versions

AT_ONCE = 500
WRITTEN = [*CONTACT_FIELDS, "version", "updated_at"]

Row = tuple[str, Mapping[str, Any]]
Place = tuple[Customer, dict[str, Any]]
Change = tuple[Contact, dict[str, Any], dict[str, Any]]


@transaction.atomic
def record_contacts(*, by: Any, now: datetime, source: str, rows: Sequence[Row]) -> Recorded:
    """Record contacts by the source's names for them; a row that does not fit is refused alone.

    A row names the customers where the person works by the source's names for those. A place that
    is known takes the new particulars; places that no row names stay.
    """
    may_edit(by)
    batch = _Batch(by=by, now=now, source=source_named(source.strip()), rows=rows)
    for index, (external_id, values) in enumerate(rows):
        try:
            batch.take(external_id, values)
        except ValidationError as refusal:
            batch.outcome.refused[index] = refusal
    batch.write()
    batch.custom.write(batch.outcome, batch.standing_rows())
    return batch.outcome


class _Batch:
    def __init__(self, *, by: Any, now: datetime, source: Any, rows: Sequence[Row]) -> None:
        self.by, self.now, self.source, self.rows = by, now, source, rows
        self.outcome = Recorded()
        self.custom = CustomOfContacts(by=by, now=now)
        names = [name.strip() for name, _values in rows]
        references = ContactReference.objects.filter(source=source, external_id__in=names)
        self._taken = dict(references.values_list("external_id", "contact"))
        mine = queries.contacts_changed_by(by).filter(pk__in=self._taken.values())
        self._known = {row.pk: row for row in mine.select_for_update().order_by("pk")}
        self._sees_all = not queries.reach(by, "customer__")
        self._customers = self._customers_named()
        self._places = {
            (place.contact_id, place.customer_id): place
            for place in Affiliation.objects.filter(contact__in=self._known)
            .select_related("customer")
            .order_by("pk")
        }
        self._at: dict[int, list[Customer]] = {}
        for place in self._places.values():
            self._at.setdefault(place.contact_id, []).append(place.customer)
        self._refuse = refuse_erased if any_erased() else _nobody_was_erased
        self._erased = erased_references(contacts_of(source.name), names)
        self._met: set[str] = set()
        self._added: list[tuple[ContactReference, dict[str, Any], list[Place]]] = []
        self._changed: list[tuple[Change, list[Place]]] = []

    def _customers_named(self) -> dict[str, Customer]:
        """Return the customers that rows name, as far as the user may change them."""
        named = {place["customer"].strip() for _n, row in self.rows for place in _places(row)}
        numbers = queries.by_reference(self.by, self.source.name, sorted(named))
        found = queries.changed_by(self.by).in_bulk(list(numbers.values()))
        return {name: found[number] for name, number in numbers.items() if number in found}

    def take(self, external_id: str, values: Mapping[str, Any]) -> None:
        """Prepare one row, or raise what is wrong with it."""
        reference = ContactReference(source=self.source, external_id=external_id.strip())
        name = reference.external_id
        versions.check(reference)
        if name in self._met:
            message = _("“%(value)s” appears twice; send each contact once.")
            raise ValidationError({"external_id": message % {"value": name}})
        refuse_reference(name, self._erased)
        self._met.add(name)
        own = {key: v for key, v in values.items() if key not in ("places", "custom")}
        places = [self._place(place) for place in _places(values)]
        self.custom.take(name, values.get("custom"))
        number = self._taken.get(name)
        if number is None:
            self._add(reference, own, places)
        elif number in self._known:
            self._change(self._known[number], name, own, places)
        else:
            message = _("“%(value)s” names a contact that is not yours to change.")
            raise ValidationError({"external_id": message % {"value": name}})

    def _place(self, place: Mapping[str, Any]) -> Place:
        name = place["customer"].strip()
        if name not in self._customers:
            message = _("“%(value)s” is no customer of this source that you may change.")
            raise ValidationError({"places": message % {"value": name[:80]}})
        particulars = {key: v for key, v in place.items() if key != "customer"}
        row = Affiliation(customer=self._customers[name])
        versions.apply(row, allowed(particulars, AFFILIATION_FIELDS))
        _check_dates(row.from_date, row.to_date)
        return self._customers[name], particulars

    def _add(
        self, reference: ContactReference, values: Mapping[str, Any], places: list[Place]
    ) -> None:
        if not places and not self._sees_all:
            message = _("Name at least one customer at whom the person works.")
            raise ValidationError({"places": message})
        reference.contact = Contact()
        country = _country([customer for customer, _particulars in places])
        new = _write(self.by, reference.contact, values, country, self._refuse)[1]
        self._added.append((reference, new, places))

    def _change(
        self, contact: Contact, name: str, values: Mapping[str, Any], places: list[Place]
    ) -> None:
        named = [customer for customer, _particulars in places]
        country = _country([*named, *self._at.get(contact.pk, ())])
        old, new = _write(self.by, contact, values, country, self._refuse)
        self.outcome.ids[name] = contact.pk
        self._changed.append(((contact, old, new), places))

    def write(self) -> None:
        Contact.objects.bulk_create([each.contact for each, _n, _p in self._added], AT_ONCE)
        for reference, _new, _places_named in self._added:
            self.outcome.ids[reference.external_id] = reference.contact.pk
        ContactReference.objects.bulk_create([each for each, _n, _p in self._added], AT_ONCE)
        changes = [change for change, _places_named in self._changed if change[2]]
        for contact, _old, _new in changes:
            contact.version, contact.updated_at = contact.version + 1, self.now
        Contact.objects.bulk_create(
            list({contact.pk: contact for contact, _old, _new in changes}.values()),
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=WRITTEN,
        )
        added: list[Change] = [(each.contact, {}, new) for each, new, _p in self._added]
        record_many(by=self.by, verb="contact.added", changes=added, now=self.now)
        record_many(by=self.by, verb="contact.changed", changes=changes, now=self.now)
        moved = self._write_places()
        self._count(added, {contact.pk for contact, _old, _new in changes} | moved)
        self._let_be_found(changes)

    def _write_places(self) -> set[int]:
        """Write where the people work; return the known contacts for whom that differs."""
        named = [(each.contact, places) for each, _new, places in self._added]
        named += [(change[0], places) for change, places in self._changed]
        new_rows, old_rows, changes = [], [], []
        for contact, customer, particulars in ((c, *place) for c, many in named for place in many):
            known = self._places.get((contact.pk, customer.pk))
            row = known or Affiliation(contact=contact, customer=customer)
            old, new = versions.apply(row, allowed(particulars, AFFILIATION_FIELDS))
            if known is None:
                new_rows.append(row)
                self._places[contact.pk, customer.pk] = row
            elif new:
                old_rows.append(row)
            if known is None or new:
                changes.append((contact, old, {**new, "customer": str(customer)}))
        Affiliation.objects.bulk_create(new_rows, AT_ONCE)
        Affiliation.objects.bulk_update(old_rows, AFFILIATION_FIELDS, batch_size=AT_ONCE)
        record_many(by=self.by, verb="contact.place_saved", changes=changes, now=self.now)
        return {contact.pk for contact, _old, _new in changes} & set(self._known)

    def _count(self, added: list[Change], changed: set[int]) -> None:
        self.outcome.added, self.outcome.changed = len(added), len(changed)
        self.outcome.unchanged = len(self._changed) - len(changed)
        self.outcome.touched = {row.pk for row, _old, _new in added} | changed

    def _let_be_found(self, changes: list[Change]) -> None:
        find_again([contact.pk for contact, _old, _new in changes])
        written = set(self.outcome.ids.values())
        places = Affiliation.objects.filter(contact__in=written)
        refresh_search(set(places.values_list("customer", flat=True)))

    def standing_rows(self) -> dict[str, int]:
        """Return the place in the batch of each name that was not refused."""
        names = [external_id.strip() for external_id, _values in self.rows]
        return {name: at for at, name in enumerate(names) if at not in self.outcome.refused}


def _nobody_was_erased(values: Mapping[str, Any]) -> None:
    """Refuse nothing: asked once for the batch, not for each row."""


def _country(customers: Sequence[Customer]) -> str:
    """Return the country by which a telephone number is read."""
    return next((str(customer.country) for customer in customers if customer.country), "")


def _places(values: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return list(values.get("places") or [])
