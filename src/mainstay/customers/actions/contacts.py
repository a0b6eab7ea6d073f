"""The people we know: their particulars, and where they work from when to when."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries, rules
from mainstay.customers.actions.cleaning import (
    AFFILIATION_FIELDS,
    CONTACT_FIELDS,
    allowed,
    may_edit,
    may_edit_contact,
    normalised,
)
from mainstay.customers.actions.erased import refuse_erased
from mainstay.customers.actions.findable import refresh_search
from mainstay.customers.custom_fields.actions import apart
from mainstay.customers.custom_fields.actions import save as save_custom
from mainstay.customers.custom_fields.queries import texts_of
from mainstay.customers.merging import queries as merging
from mainstay.customers.models import Affiliation, Contact, Customer
from mainstay.people.permissions import refuse_writing
from mainstay.records.actions import record
from mainstay.shared import versions

AT_ONCE = 200


@transaction.atomic
def add_contact(
    *,
    by: Any,
    now: datetime,
    values: Mapping[str, Any],
    customer: Customer | None = None,
    position: str = "",
) -> Contact:
    """Add a person, and their place at the customer where one is given."""
    may_edit(by, customer=customer)
    own, custom = apart(values)
    contact = Contact()
    new = _write(by, contact, own, customer.country if customer else "")[1]
    contact.save()
    new |= save_custom(by=by, subject="contact", number=contact.pk, typed=custom, whole=True)[1]
    if custom:
        _find_by(contact, texts_of("contact", [contact.pk]).get(contact.pk, []))
        contact.save()
    record(by=by, verb="contact.added", target=contact, new=new, now=now)
    if customer is not None:
        place = {"position": position}
        add_affiliation(by=by, now=now, contact=contact, customer=customer, values=place)
    return contact


@transaction.atomic
def change_contact(
    *, by: Any, now: datetime, contact: Contact, values: Mapping[str, Any], version: int | None
) -> Contact:
    """Change what differs; raise EditedMeanwhile when `version` is no longer the contact's."""
    may_edit_contact(by, contact)
    row: Contact = versions.locked(queries.contacts_seen_by(by), contact.pk, version)
    merging.check_standing("contact", row)
    own, custom = apart(values)
    old, new = _write(by, row, own)
    was, now_is = save_custom(by=by, subject="contact", number=row.pk, typed=custom)
    old, new = old | was, new | now_is
    if new:
        row.version += 1
        _find_by(row, texts_of("contact", [row.pk]).get(row.pk, []))
        row.save()
        refresh_search(row.affiliations.values_list("customer", flat=True))
        record(by=by, verb="contact.changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def archive_contact(*, by: Any, now: datetime, contact: Contact) -> None:
    """Put the person away: lists and search leave them out, nothing is deleted."""
    may_edit_contact(by, contact)
    if queries.contacts_seen_by(by).filter(pk=contact.pk, archived_at=None).update(archived_at=now):
        record(by=by, verb="contact.archived", target=contact, now=now)


@transaction.atomic
def restore_contact(*, by: Any, now: datetime, contact: Contact) -> None:
    may_edit_contact(by, contact)
    merging.check_standing("contact", contact)
    found = queries.contacts_seen_by(by).filter(pk=contact.pk, archived_at__isnull=False)
    if found.update(archived_at=None):
        record(by=by, verb="contact.restored", target=contact, now=now)


@transaction.atomic
def add_affiliation(
    *, by: Any, now: datetime, contact: Contact, customer: Customer, values: Mapping[str, Any]
) -> Affiliation:
    """Give the contact a place at the customer."""
    return _save_place(by, now, Affiliation(contact=contact, customer=customer), values)


@transaction.atomic
def change_affiliation(
    *,
    by: Any,
    now: datetime,
    affiliation: Affiliation,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Affiliation:
    """Change the place; raise EditedMeanwhile when `version` is no longer the place's."""
    places = Affiliation.objects.select_related("contact", "customer")
    row: Affiliation = versions.locked(places, affiliation.pk, version)
    return _save_place(by, now, row, values)


def end_affiliation(
    *, by: Any, now: datetime, affiliation: Affiliation, last_day: date
) -> Affiliation:
    """Note the contact's last day at the customer; the past stays on the page."""
    values = {"to_date": last_day}
    return change_affiliation(by=by, now=now, affiliation=affiliation, values=values)


def _save_place(
    by: Any, now: datetime, place: Affiliation, values: Mapping[str, Any]
) -> Affiliation:
    may_edit(by, customer=place.customer)
    old, new = versions.apply(place, allowed(values, AFFILIATION_FIELDS))
    _check_dates(place.from_date, place.to_date)
    place.save()
    refresh_search([place.customer_id])
    new["customer"] = str(place.customer)
    record(by=by, verb="contact.place_saved", target=place.contact, old=old, new=new, now=now)
    return place


def _find_by(contact: Contact, words: Iterable[str] = ()) -> None:
    """Let the contact be found by name, e-mail, phone and the words of its custom fields."""
    known = {"name": contact.name, "email": contact.email, "phone": contact.phone}
    columns = rules.contact_search(known, words)
    contact.sort_name, contact.search = columns["sort_name"], columns["search"]


def find_again(numbers: Collection[int]) -> None:
    """Let many contacts be found by what stands in them now."""
    texts = texts_of("contact", numbers)
    rows = list(Contact.objects.filter(pk__in=numbers))
    for row in rows:
        _find_by(row, texts.get(row.pk, []))
    Contact.objects.bulk_update(rows, ["sort_name", "search"], batch_size=AT_ONCE)


def _write(
    by: Any,
    contact: Contact,
    values: Mapping[str, Any],
    country: str = "",
    refuse: Callable[[Mapping[str, Any]], None] = refuse_erased,
) -> tuple[dict[str, Any], dict[str, Any]]:
    given = allowed(values, CONTACT_FIELDS)
    refuse_writing(by, "customers.contact", given)
    clean = normalised(given, country)
    refuse({name: value for name, value in clean.items() if getattr(contact, name) != value})
    changed = versions.apply(contact, clean)
    _find_by(contact)
    return changed


def _check_dates(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        message = _("The last day lies before the first; change one of them.")
        raise ValidationError({"to_date": message})
