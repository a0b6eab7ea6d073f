"""Reads of customers, contacts and interactions; each starts from what the user may see."""

from collections.abc import Collection
from typing import Any

from django.db.models import BigIntegerField, F, Func, Q, QuerySet
from django.db.models.lookups import Exact

from mainstay.customers.models import (
    Address,
    Affiliation,
    Contact,
    Customer,
    ExternalReference,
    Interaction,
    Source,
    Tag,
)
from mainstay.customers.queries.complaints import complaints as complaints
from mainstay.customers.queries.complaints import open_complaints as open_complaints
from mainstay.customers.queries.origins import campaigns as campaigns
from mainstay.customers.queries.origins import channels as channels
from mainstay.customers.queries.origins import origins as origins
from mainstay.customers.queries.said import said as said
from mainstay.customers.queries.said import said_alike as said_alike
from mainstay.customers.queries.searched import contacts_searched as contacts_searched
from mainstay.customers.queries.searched import searched as searched
from mainstay.customers.sharing import queries as sharing
from mainstay.people import permissions
from mainstay.people.permissions import Scope
from mainstay.shared import text
from mainstay.shared.search import matching

DEEPEST_TREE = 20


def visible_to(user: Any) -> QuerySet[Customer]:
    """Return the customers within the user's reach: own, the team's, or all; archived ones too.

    Policy: nobody sees a customer, nor anything that hangs on one, outside the reach of the role.
    """
    return Customer.objects.filter(reach(user))


def reach(user: Any, path: str = "", *, to_change: bool = False) -> Q:
    """Return the condition of `visible_to`, on a relation that leads to a customer.

    `path` is written as in a filter: "customer__". With `to_change`, what is shared to be looked
    at only is left out.
    """
    match permissions.scope(user, "customers.view"):
        case Scope.ALL:
            return Q()
        case Scope.TEAM if user.team_id:
            team = Q(**{f"{path}team": user.team_id})
            return team | Q(**{f"{path}owner": user.pk}) | _shared(user, path, to_change)
        case Scope.TEAM | Scope.OWN:
            return Q(**{f"{path}owner": user.pk}) | _shared(user, path, to_change)
        case _:
            return Q(pk__in=[])


def _shared(user: Any, path: str, to_change: bool) -> Q:
    shared = sharing.shared_with(user, to_change=to_change)
    return Q(**{f"{path}pk__in": shared}) if shared else Q()


def listed_along(user: Any) -> QuerySet[Customer]:
    """Return `listed(user)` for reading along the list's order: no index serves the reach."""
    rows = Customer.objects.filter(archived_at=None)
    match permissions.scope(user, "customers.view"):
        case Scope.ALL:
            return rows
        case Scope.TEAM if user.team_id:
            mine = Q(Exact(_row_by_row("owner_id"), user.pk)) | _shared(user, "", to_change=False)
            return rows.filter(Q(Exact(_row_by_row("team_id"), user.team_id)) | mine)
        case _:
            return listed(user)


def _row_by_row(column: str) -> Func:
    """Return the column with a sign that means nothing but keeps its index out."""
    return Func(F(column), template="+%(expressions)s", output_field=BigIntegerField())


def seen_by(user: Any) -> QuerySet[Customer]:
    """Return `visible_to(user)`; everything for None, the program itself."""
    return Customer.objects.all() if user is None else visible_to(user)


def changed_by(user: Any) -> QuerySet[Customer]:
    """Return the customers that the user may change, as far as the role allows changes at all."""
    return (
        Customer.objects.all()
        if user is None
        else visible_to(user).filter(reach(user, to_change=True))
    )


def contacts_changed_by(user: Any) -> QuerySet[Contact]:
    within = reach(user, "customer__", to_change=True)
    if not within:
        return Contact.objects.all()
    return Contact.objects.filter(pk__in=Affiliation.objects.filter(within).values("contact"))


def restricted() -> QuerySet[Customer]:
    """Return whose processing is restricted: analyses, segments and list exports leave them out."""
    return Customer.objects.filter(restricted=True)


def everybody() -> QuerySet[Customer]:
    """Return all customers: only to narrow rows that are limited to the reach already."""
    return Customer.objects.all()


def search(user: Any, typed: str) -> QuerySet[Customer]:
    """Return the visible customers that are not archived and hold every word."""
    rows = visible_to(user).filter(searched(user, typed), archived_at=None)
    return matching(rows, typed)


def contacts_visible_to(user: Any) -> QuerySet[Contact]:
    """Return the contacts of visible customers; those without customer if the user sees all."""
    within = reach(user, "customer__")
    if not within:
        return Contact.objects.all()
    return Contact.objects.filter(pk__in=Affiliation.objects.filter(within).values("contact"))


def interactions_visible_to(user: Any) -> QuerySet[Interaction]:
    return Interaction.objects.filter(reach(user, "customer__"))


def contacts_seen_by(user: Any) -> QuerySet[Contact]:
    return Contact.objects.all() if user is None else contacts_visible_to(user)


def interactions_seen_by(user: Any) -> QuerySet[Interaction]:
    return Interaction.objects.all() if user is None else interactions_visible_to(user)


def by_reference(user: Any, source: str, external_ids: list[str]) -> dict[str, int]:
    """Return the numbers of visible customers by the name under which the source knows them."""
    found = seen_by(user).filter(
        references__source__name=source, references__external_id__in=external_ids
    )
    return dict(found.values_list("references__external_id", "pk"))


def known_as(source: str) -> QuerySet[ExternalReference, tuple[str, int]]:
    """Return each name that the source has for a customer, with the customer's number."""
    rows = ExternalReference.objects.filter(source__name=source)
    return rows.values_list("external_id", "customer")


def sources() -> QuerySet[Source]:
    return Source.objects.order_by("name")


def tags() -> QuerySet[Tag]:
    return Tag.objects.order_by("name")


def listed(user: Any) -> QuerySet[Customer]:
    """Return what the customers list shows: visible and not archived."""
    return visible_to(user).filter(archived_at=None)


def contacts_listed(user: Any) -> QuerySet[Contact]:
    return contacts_visible_to(user).filter(archived_at=None)


def places_of(contact_ids: list[int]) -> dict[int, list[str]]:
    """Return where the contacts work at present, by name of the customer."""
    found: dict[int, list[str]] = {}
    rows = Affiliation.objects.filter(contact__in=contact_ids, to_date=None)
    names = rows.order_by("customer__sort_name").values_list("contact_id", "customer__name")
    for contact_id, name in names:
        found.setdefault(contact_id, []).append(name)
    return found


def taggings() -> QuerySet[Any]:
    """Return which customer carries which tag."""
    return Customer.tags.through._default_manager.all()


def tags_of(customer_ids: list[int]) -> dict[int, list[str]]:
    """Return the tags of the customers, by name."""
    found: dict[int, list[str]] = {}
    rows = taggings().filter(customer__in=customer_ids).order_by("tag__name")
    for customer_id, name in rows.values_list("customer_id", "tag__name"):
        found.setdefault(customer_id, []).append(name)
    return found


def organisations_named(user: Any, name: str) -> QuerySet[Customer]:
    """Return at most two visible organisations of exactly this name, found by the sort index."""
    return customers_named(user, name).filter(kind="organisation")[:2]


def customers_named(user: Any, name: str) -> QuerySet[Customer]:
    """Return the visible customers of exactly this name."""
    rows = listed(user).filter(sort_name=text.sort_name(name), name=name)
    return rows.order_by("pk")


def contacts_at(customer: Customer) -> QuerySet[Contact]:
    return Contact.objects.filter(affiliations__customer=customer, archived_at=None).distinct()


def references(customer: Customer) -> QuerySet[ExternalReference]:
    rows = ExternalReference.objects.filter(customer=customer)
    return rows.select_related("source").order_by("source__name", "external_id")


def references_of(customer_ids: Collection[int]) -> QuerySet[ExternalReference, tuple[int, int]]:
    """Return customer and source of each reference of these customers."""
    rows = ExternalReference.objects.filter(customer__in=list(customer_ids))
    return rows.values_list("customer_id", "source_id")


def for_page(user: Any) -> QuerySet[Customer]:
    """Return the visible customers with what their page names beside them."""
    return visible_to(user).select_related(
        "owner", "team", "parent", "acquisition_channel", "acquisition_campaign"
    )


def without_owner(user: Any, most: int) -> int:
    """Return how many listed customers nobody looks after, counted up to `most`."""
    return len(listed(user).filter(owner=None).order_by().values_list("pk")[:most])


def newest(user: Any, number: int) -> list[Customer]:
    return list(listed(user).order_by("-created_at", "-pk")[:number])


def complaining_since(user: Any, moment: Any, most: int) -> int:
    """Return how many customers complained since the moment, counted up to `most`."""
    rows = complaints().filter(reach(user, "customer__"), occurred_at__gte=moment)
    return len(rows.order_by().values_list("customer").distinct()[:most])


def addresses(customer: Customer) -> QuerySet[Address]:
    return Address.objects.filter(customer=customer).order_by("kind", "pk")


def interactions_listed(user: Any) -> QuerySet[Interaction]:
    rows = interactions_visible_to(user).filter(archived_at=None)
    return rows.select_related("contact", "user", "customer")


def places(user: Any, contact: Contact) -> QuerySet[Affiliation]:
    """Return where the contact works and worked, among the customers the user may see."""
    rows = Affiliation.objects.filter(reach(user, "customer__"), contact=contact)
    return rows.select_related("customer").order_by("to_date", "-from_date", "pk")


def affiliations_of(user: Any, contacts: Collection[int]) -> QuerySet[Affiliation]:
    """Return where these contacts work and worked, among the customers the user may see."""
    return Affiliation.objects.filter(reach(user, "customer__"), contact__in=contacts)


def ancestors(customer: Customer) -> list[Customer]:
    """Return the parent, its parent and so on, nearest first."""
    found: list[Customer] = []
    parent = customer.parent
    while parent is not None and parent not in found and len(found) < DEEPEST_TREE:
        found.append(parent)
        parent = parent.parent
    return found


def subsidiaries(user: Any, customer: Customer) -> QuerySet[Customer]:
    return visible_to(user).filter(parent=customer, archived_at=None).order_by("sort_name", "pk")


def affiliations(customer: Customer) -> QuerySet[Affiliation]:
    """Return the customer's people over time: present ones first, then who left last."""
    return (
        Affiliation.objects.filter(customer=customer, contact__archived_at=None)
        .select_related("contact")
        .order_by("to_date", "contact__sort_name", "pk")
    )


def present_contacts(customer: Customer, today: Any) -> int:
    """Return how many people we know at the customer today."""
    present = Affiliation.objects.filter(customer=customer, contact__archived_at=None)
    still = present.filter(Q(to_date=None) | Q(to_date__gte=today))
    return still.values("contact").distinct().count()
