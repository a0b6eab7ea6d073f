"""Reads of recommendations."""

from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from mainstay.customers.models import Customer
from mainstay.customers.queries import customers_named, visible_to

from .models import Recommendation

MOST_SHOWN = 50


class Known(NamedTuple):
    """Who recommended us to a customer, and whom it brought us."""

    giver: Customer | None
    brought: list[Customer]


def known(user: Any, customer: Customer) -> Known:
    """Return the recommendations around a customer, of those that the user may see."""
    seen = visible_to(user).filter(archived_at=None)
    rows = Recommendation.objects.filter(Q(customer=customer) | Q(given_by=customer))
    rows = rows.filter(
        Q(customer=customer, given_by__in=seen) | Q(given_by=customer, customer__in=seen)
    )
    found = list(rows.select_related("customer", "given_by").order_by("-pk")[:MOST_SHOWN])
    giver = next((row.given_by for row in found if row.customer_id == customer.pk), None)
    return Known(giver, [row.customer for row in found if row.given_by_id == customer.pk])


def named(user: Any, name: str) -> QuerySet[Customer]:
    """Return at most two visible customers of exactly this name."""
    return customers_named(user, name)[:2]


def pairs() -> QuerySet[Recommendation, tuple[int, int]]:
    """Return customer and who recommended us, of every recommendation, for analyses."""
    return Recommendation.objects.order_by("pk").values_list("customer", "given_by")


def counts() -> QuerySet[Recommendation, tuple[int, int]]:
    """Return how many recommendations each customer has given, for analyses."""
    rows = Recommendation.objects.values("given_by").annotate(n=Count("pk"))
    return rows.order_by("given_by").values_list("given_by", "n")
