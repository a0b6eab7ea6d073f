"""Adding, changing and putting away customers, with what hangs on them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mainstay.customers import queries, rules
from mainstay.customers.actions.acquisition import came_by
from mainstay.customers.actions.cleaning import (
    ADDRESS_FIELDS,
    CUSTOMER_FIELDS,
    allowed,
    may_edit,
    normalised,
)
from mainstay.customers.actions.erased import erased_references, refuse_erased, refuse_reference
from mainstay.customers.actions.findable import refresh_search
from mainstay.customers.custom_fields.actions import apart
from mainstay.customers.custom_fields.actions import save as save_custom
from mainstay.customers.merging import queries as merging
from mainstay.customers.models import Address, Customer, ExternalReference, Kind, Source, Tag
from mainstay.people.permissions import refuse_writing
from mainstay.records.actions import record
from mainstay.shared import versions


@transaction.atomic
def add_customer(*, by: Any, now: datetime, values: Mapping[str, Any]) -> Customer:
    """Add an organisation or a person; without an owner it belongs to whoever adds it."""
    may_edit(by)
    own, custom = apart(values)
    customer = Customer(owner=by, team=getattr(by, "team", None))
    new = _write(by, customer, own)[1]
    _set_search(customer)
    customer.save()
    new |= save_custom(by=by, subject="customer", number=customer.pk, typed=custom, whole=True)[1]
    if custom:
        refresh_search([customer.pk])
    record(by=by, verb="customer.added", target=customer, new=new, now=now)
    return customer


@transaction.atomic
def change_customer(
    *, by: Any, now: datetime, customer: Customer, values: Mapping[str, Any], version: int | None
) -> Customer:
    """Change what differs; raise EditedMeanwhile when `version` is no longer the customer's."""
    may_edit(by, customer=customer)
    own, custom = apart(values)
    row: Customer = versions.locked(queries.seen_by(by), customer.pk, version)
    merging.check_standing("customer", row)
    old, new = _write(by, row, own)
    was, now_is = save_custom(by=by, subject="customer", number=row.pk, typed=custom)
    old, new = old | was, new | now_is
    if new:
        row.version += 1
        row.save()
        refresh_search([row.pk])
        record(by=by, verb="customer.changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def archive_customer(*, by: Any, now: datetime, customer: Customer) -> None:
    """Put the customer away: it leaves lists and search, nothing is deleted."""
    may_edit(by, customer=customer)
    if queries.seen_by(by).filter(pk=customer.pk, archived_at=None).update(archived_at=now):
        record(by=by, verb="customer.archived", target=customer, now=now)


@transaction.atomic
def restore_customer(*, by: Any, now: datetime, customer: Customer) -> None:
    may_edit(by, customer=customer)
    merging.check_standing("customer", customer)
    found = queries.seen_by(by).filter(pk=customer.pk, archived_at__isnull=False)
    if found.update(archived_at=None):
        record(by=by, verb="customer.restored", target=customer, now=now)


@transaction.atomic
def set_tags(
    *,
    by: Any,
    now: datetime,
    customer: Customer,
    names: Iterable[str],
    version: int | None = None,
) -> None:
    """Give the customer exactly these tags; new names become tags.

    Raise EditedMeanwhile when `version` is no longer the customer's.
    """
    may_edit(by, customer=customer)
    refuse_writing(by, "customers.customer", ["tags"])
    versions.locked(queries.seen_by(by), customer.pk, version)
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    before = sorted(customer.tags.values_list("name", flat=True))
    if before == sorted(wanted):
        return
    customer.tags.set(tags_named(wanted))
    touch([customer.pk], now)
    change = {"old": {"tags": before}, "new": {"tags": sorted(wanted)}}
    record(by=by, verb="customer.tagged", target=customer, now=now, **change)


def write_tags(
    *,
    by: Any,
    now: datetime,
    customer: Customer,
    values: Mapping[str, str],
    version: int | None = None,
) -> None:
    """Give the customer the tags as typed, separated by commas."""
    names = values["tags"].split(",")
    set_tags(by=by, now=now, customer=customer, names=names, version=version)


def touch(numbers: Iterable[int], now: datetime) -> None:
    """Count a new version of customers of whom something beside their own columns changed."""
    rows = Customer.objects.filter(pk__in=list(numbers))
    rows.update(version=F("version") + 1, updated_at=now)


def tag_named(name: str) -> Tag:
    """Return the tag of that name, made if there is none."""
    tag = Tag(name=name)
    versions.check(tag)
    return Tag.objects.get_or_create(name=name)[0]


def tags_named(names: Iterable[str]) -> list[Tag]:
    """Return the tags of these names, made where there are none."""
    try:
        return [tag_named(name) for name in names]
    except ValidationError as refusal:
        raise ValidationError({"tags": refusal.messages}) from refusal


def source_named(name: str) -> Source:
    """Return the source of that name, made if there is none."""
    source = Source(name=name)
    versions.check(source)
    return Source.objects.get_or_create(name=name)[0]


@transaction.atomic
def add_reference(
    *, by: Any, now: datetime, customer: Customer, source: str, external_id: str
) -> ExternalReference:
    """Note the name under which a source knows the customer; it names nobody else there."""
    may_edit(by, customer=customer)
    row = ExternalReference(
        customer=customer, source=source_named(source.strip()), external_id=external_id.strip()
    )
    versions.check(row)
    refuse_reference(row.external_id, erased_references(row.source.name, [row.external_id]))
    taken = ExternalReference.objects.filter(source=row.source, external_id=row.external_id)
    if other := taken.select_related("customer").first():
        if other.customer_id == customer.pk:
            return other
        message = _("“%(id)s” of %(source)s names another customer already.")
        raise ValidationError({"external_id": message % {"id": external_id, "source": source}})
    row.save()
    refresh_search([customer.pk])
    new = {"source": row.source.name, "external_id": row.external_id}
    record(by=by, verb="customer.reference_added", target=customer, new=new, now=now)
    return row


@transaction.atomic
def save_address(
    *,
    by: Any,
    now: datetime,
    customer: Customer,
    values: Mapping[str, Any],
    address: Address | None = None,
    version: int | None = None,
) -> Address:
    """Add an address, or change the one given.

    Raise EditedMeanwhile when `version` is no longer the address's.
    """
    may_edit(by, customer=customer)
    row = Address(customer=customer)
    if address is not None:
        row = versions.locked(queries.addresses(customer), address.pk, version)
    given = allowed(values, ADDRESS_FIELDS)
    refuse_writing(by, "customers.address", given)
    old, new = versions.apply(row, normalised(given))
    if not any((row.street, row.postcode, row.city, row.region, row.country)):
        raise ValidationError(_("Write at least a street, a town or a country."))
    row.save()
    if new:
        record(by=by, verb="customer.address_saved", target=customer, old=old, new=new, now=now)
    return row


@transaction.atomic
def remove_address(*, by: Any, now: datetime, customer: Customer, address: Address) -> None:
    """Take the address off the customer; the audit log keeps it."""
    may_edit(by, customer=customer)
    refuse_writing(by, "customers.address", ADDRESS_FIELDS)
    old = {field: getattr(address, field) for field in ADDRESS_FIELDS}
    address.delete()
    record(by=by, verb="customer.address_removed", target=customer, old=old, now=now)


def _set_search(
    customer: Customer, references: Iterable[str] = (), people: Iterable[str] = ()
) -> None:
    searched = {key: getattr(customer, key) for key in rules.SEARCHED_FIELDS}
    columns = rules.customer_search(searched, references, people)
    customer.sort_name, customer.search = columns["sort_name"], columns["search"]


def _write(
    by: Any, customer: Customer, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    clean = allowed(values, CUSTOMER_FIELDS)
    refuse_writing(by, "customers.customer", clean)
    country = clean.get("country") or customer.country
    clean = normalised(clean, country if isinstance(country, str) else "")
    refuse_erased({name: value for name, value in clean.items() if _differs(customer, name, value)})
    clean = came_by(customer, clean)
    if clean.get("owner") and "team" in clean and clean["team"] is None:
        clean["team"] = clean["owner"].team
    changed = versions.apply(customer, clean)
    _check_parent(customer)
    return changed


def _differs(customer: Customer, name: str, value: Any) -> bool:
    return bool(getattr(customer, name, None) != value)


def _check_parent(customer: Customer) -> None:
    parent = customer.parent
    if parent is None:
        return
    if parent.kind != Kind.ORGANISATION:
        raise ValidationError({"parent": _("A parent is an organisation; choose another.")})
    above = [parent.pk, *(each.pk for each in queries.ancestors(parent))]
    if customer.pk and rules.is_own_ancestor(customer.pk, above):
        message = _("“%(name)s” stands below this customer already; choose another parent.")
        raise ValidationError({"parent": message % {"name": parent}})
