"""Reads for the API: customers, contacts and places as it tells them."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from mainstay.customers import queries
from mainstay.customers.custom_fields.queries import with_custom
from mainstay.customers.merging import queries as merging
from mainstay.customers.models import (
    Address,
    Affiliation,
    Contact,
    ContactReference,
    Customer,
    ExternalReference,
)
from mainstay.customers.queries import trees
from mainstay.people.permissions import refuse_asking
from mainstay.shared.search import matching

RELATED = ("owner", "team", "acquisition_channel", "acquisition_campaign")


def pushed(
    user: Any,
    *,
    search: str = "",
    source: str = "",
    external_id: str = "",
    tag: str = "",
    within: Q | None = None,
    **wishes: Any,
) -> QuerySet[Customer]:
    """Return visible customers, archived ones too, with all that the API tells of them."""
    rows = queries.visible_to(user)
    if group := wishes.pop("group_id", None):
        rows = rows.filter(trees.within([group]))
    if search:
        rows = matching(rows.filter(queries.searched(user, search)), search)
    asked = {name for name, value in {**wishes, "tags": tag}.items() if value not in (None, "")}
    refuse_asking(user, "customers.customer", asked)
    known = _narrowed({"source__name": source, "external_id": external_id})
    if known:
        rows = rows.filter(pk__in=ExternalReference.objects.filter(**known).values("customer"))
    if tag:
        rows = rows.filter(pk__in=queries.taggings().filter(tag__name=tag).values("customer"))
    if within is not None:
        rows = rows.filter(within)
    fields = {
        "parent_id": "parent",
        "owner": "owner__email__iexact",
        "team": "team__name",
        "updated_since": "updated_at__gte",
    }
    rows = rows.filter(**_narrowed({fields[name]: value for name, value in wishes.items()}))
    return _with_relations(rows, user)


def written(user: Any, pk: int) -> Customer:
    """Return a customer just written; its writer may have given it out of reach by that."""
    return _with_relations(queries.everybody(), user).get(pk=pk)


def _with_relations(rows: QuerySet[Customer], user: Any) -> QuerySet[Customer]:
    rows = rows.annotate(merged_into=merging.merged_into("customer"))
    found = rows.select_related(*RELATED).prefetch_related("tags", "references__source")
    return with_custom(found, user, "customer")


def pushed_contacts(
    user: Any,
    *,
    search: str = "",
    customer_id: int | None = None,
    updated_since: Any = None,
    source: str = "",
    external_id: str = "",
) -> QuerySet[Contact]:
    """Return visible contacts, archived ones too, with their places at visible customers."""
    rows = queries.contacts_visible_to(user)
    if search:
        rows = matching(rows.filter(queries.contacts_searched(user, search)), search)
    if known := _narrowed({"source__name": source, "external_id": external_id}):
        rows = rows.filter(pk__in=ContactReference.objects.filter(**known).values("contact"))
    within = Affiliation.objects.filter(queries.reach(user, "customer__")).order_by("pk")
    if customer_id is not None:
        rows = rows.filter(pk__in=within.filter(customer=customer_id).order_by().values("contact"))
    if updated_since is not None:
        rows = rows.filter(updated_at__gte=updated_since)
    rows = rows.annotate(merged_into=merging.merged_into("contact"))
    placed = Prefetch("affiliations", within, to_attr="places")
    found = rows.prefetch_related(placed, "references__source")
    return with_custom(found, user, "contact")


def place(user: Any, contact: Contact, pk: int) -> Affiliation | None:
    return queries.places(user, contact).filter(pk=pk).first()


def address(customer: Customer, pk: int) -> Address | None:
    return queries.addresses(customer).filter(pk=pk).first()


def _narrowed(wishes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wishes.items() if value not in (None, "")}
