"""The categories of products: a name, and the category above."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.orders.models import ProductCategory
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import trees, versions


def category_named(name: str) -> ProductCategory:
    """Return the category of that name, made if there is none."""
    category = ProductCategory(name=name.strip())
    versions.check(category)
    return ProductCategory.objects.get_or_create(name=category.name)[0]


@transaction.atomic
def save_category(
    *, by: Any, now: datetime, values: Mapping[str, Any], category: ProductCategory | None = None
) -> ProductCategory:
    """Add a category, or change the one given."""
    if by is not None:
        require(by, "orders.edit")
    row, verb = category or ProductCategory(), "category.changed" if category else "category.added"
    clean = {name: values[name] for name in ("name", "parent") if name in values}
    if "name" in clean:
        clean["name"] = clean["name"].strip()
    old, new = versions.apply(row, clean)
    _check(row)
    if new:
        row.save()
        record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


def _check(row: ProductCategory) -> None:
    if ProductCategory.objects.exclude(pk=row.pk).filter(name=row.name).exists():
        message = _("There is a category “%(name)s” already; choose another name.")
        raise ValidationError({"name": message % {"name": row.name}})
    above = dict(ProductCategory.objects.exclude(parent=None).values_list("pk", "parent_id"))
    if row.pk and row.parent_id and trees.circles(row.pk, {**above, row.pk: row.parent_id}):
        message = _("“%(name)s” stands below this category already; choose another.")
        raise ValidationError({"parent_id": message % {"name": row.parent}})
