"""Orders and products in the command palette."""

from typing import Any

from django.urls import reverse

from mainstay.orders import queries
from mainstay.shared.palette import HITS_PER_GROUP, Hit
from mainstay.shared.templatetags.figures import day


def orders(user: Any, term: str) -> list[Hit]:
    """Return the orders whose number begins so."""
    found = queries.by_number(user, term).order_by("external_id")[:HITS_PER_GROUP]
    return [
        Hit(row.external_id, day(row.ordered_at), reverse("orders:page", args=[row.pk]), "receipt")
        for row in found
    ]


def products(user: Any, term: str) -> list[Hit]:
    found = queries.search_products(user, term)[:HITS_PER_GROUP]
    return [
        Hit(row.name, row.external_id, reverse("orders:product", args=[row.pk]), "package")
        for row in found
    ]
