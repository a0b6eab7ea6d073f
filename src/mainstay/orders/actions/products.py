"""Changing products: name, category and what a unit costs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.orders.actions.mirroring import owe_everything
from mainstay.orders.models import Product, ProductCategory
from mainstay.orders.rules import LARGEST_AMOUNT
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import text, versions

FIELDS = ("name", "category", "unit_cost_minor")
LARGEST_COST = LARGEST_AMOUNT // 10**6


@transaction.atomic
def change_product(
    *, by: Any, now: datetime, product: Product, values: Mapping[str, Any], version: int | None
) -> Product:
    """Change what differs; raise EditedMeanwhile when `version` is no longer the product's.

    A new unit cost counts from the next value run on, also for lines recorded without a cost.
    """
    if by is not None:
        require(by, "orders.edit")
    row: Product = versions.locked(Product.objects.all(), product.pk, version)
    old, new = versions.apply(row, {name: values[name] for name in FIELDS if name in values})
    if row.unit_cost_minor is not None and not 0 <= row.unit_cost_minor <= LARGEST_COST:
        message = _("A unit cost is zero or more, and not astronomical; check the number.")
        raise ValidationError({"unit_cost_minor": message})
    if new:
        row.version += 1
        row.sort_name = text.sort_name(row.name)
        row.search = text.search_text([row.name], [row.external_id])
        row.save()
        if "unit_cost_minor" in new:
            owe_everything()
        record(by=by, verb="product.changed", target=row, old=old, new=new, now=now)
    return row


def category_named(name: str) -> ProductCategory:
    """Return the category of that name, made if there is none."""
    category = ProductCategory(name=name.strip())
    versions.check(category)
    return ProductCategory.objects.get_or_create(name=category.name)[0]
