"""Reads of customers, contacts and interactions; each starts from what the user may see."""

from typing import Any

from django.db.models import Q, QuerySet

from mainstay.customers.models import (
    Affiliation,
    Contact,
    Customer,
    Interaction,
    Source,
    Tag,
)
from mainstay.people import permissions
from mainstay.people.permissions import Scope
from mainstay.shared.search import matching

DEEPEST_TREE = 20


def visible_to(user: Any) -> QuerySet[Customer]:
    """Return the customers within the user's reach: own, the team's, or all; archived ones too.

    Policy: nobody sees a customer, nor anything that hangs on one, outside the reach of the role.
    """
    return Customer.objects.filter(reach(user))


def reach(user: Any, path: str = "") -> Q:
    """Return the condition of `visible_to`, on a relation that leads to a customer.

    `path` is written as in a filter: "customer__".
    """
    match permissions.scope(user, "customers.view"):
        case Scope.ALL:
            return Q()
        case Scope.TEAM if user.team_id:
            return Q(**{f"{path}team": user.team_id}) | Q(**{f"{path}owner": user.pk})
        case Scope.TEAM | Scope.OWN:
            return Q(**{f"{path}owner": user.pk})
        case _:
            return Q(pk__in=[])


def seen_by(user: Any) -> QuerySet[Customer]:
    """Return `visible_to(user)`; everything for None, the program itself."""
    return Customer.objects.all() if user is None else visible_to(user)


def search(user: Any, typed: str) -> QuerySet[Customer]:
    """Return the visible customers that are not archived and hold every word."""
    return matching(visible_to(user).filter(archived_at=None), typed)


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


def sources() -> QuerySet[Source]:
    return Source.objects.order_by("name")


def tags() -> QuerySet[Tag]:
    return Tag.objects.order_by("name")


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
