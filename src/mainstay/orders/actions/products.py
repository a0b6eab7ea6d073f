"""Changing products: name, category and what a unit costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions import source_named
from mainstay.orders.actions.categories import category_named
from mainstay.orders.actions.mirroring import owe_everything
from mainstay.orders.models import Product, ProductCategory
from mainstay.orders.rules import LARGEST_AMOUNT
from mainstay.people.permissions import require
from mainstay.records.actions import record, record_many
from mainstay.shared import tables, text, versions

FIELDS = ("name", "category", "unit_cost_minor")
LARGEST_COST = LARGEST_AMOUNT // 10**6
AT_ONCE = 500

Row = tuple[str, Mapping[str, Any]]


@dataclass
class ProductsRecorded:
    """Our numbers by the source's codes, and what happened; refusals by place in the batch."""

    ids: dict[str, int] = field(default_factory=dict)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: dict[int, ValidationError] = field(default_factory=dict)


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
    old, new = _write(row, values)
    if new:
        row.version += 1
        row.save()
        if "unit_cost_minor" in new:
            owe_everything()
        record(by=by, verb="product.changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def record_products(
    *, by: Any, now: datetime, source: str, rows: Sequence[Row]
) -> ProductsRecorded:
    """Record products by the source's codes; a row that does not fit is refused alone."""
    if by is not None:
        require(by, "orders.edit")
    origin = source_named(source.strip())
    codes = [code.strip() for code, _values in rows]
    known = Product.objects.select_related("category").select_for_update(of=("self",))
    found = known.filter(source=origin, external_id__in=codes).order_by("pk")
    standing = {row.external_id: row for row in found}
    done, met = ProductsRecorded(), set[str]()
    changes: list[tuple[Product, dict[str, Any], dict[str, Any]]] = []
    for index, (code, values) in enumerate(rows):
        row = standing.get(code.strip()) or Product(source=origin, external_id=code.strip())
        try:
            _refuse_second(row.external_id, met)
            old, new = _taken(row, values)
        except ValidationError as refusal:
            done.refused[index] = refusal
            continue
        standing[row.external_id] = row
        if new:
            changes.append((row, old, new))
        else:
            done.unchanged += 1
    _save(by, now, changes, done)
    taken = (row for index, row in enumerate(codes) if index not in done.refused)
    done.ids = {code: standing[code].pk for code in taken}
    return done


def _refuse_second(code: str, met: set[str]) -> None:
    if code in met:
        message = _("“%(value)s” appears twice; send each product once.")
        raise ValidationError({"external_id": message % {"value": code}})
    met.add(code)


def _taken(row: Product, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return old and new of one row; a refused row is left as it stands in the database."""
    if row.pk is None:
        return _write(row, {"name": row.external_id, **values})
    before = {name: getattr(row, name) for name in FIELDS}
    try:
        return _write(row, values)
    except ValidationError:
        for name, value in before.items():
            setattr(row, name, value)
        raise


def _save(
    by: Any,
    now: datetime,
    changes: list[tuple[Product, dict[str, Any], dict[str, Any]]],
    done: ProductsRecorded,
) -> None:
    added = [change for change in changes if change[0].pk is None]
    changed = [change for change in changes if change[0].pk is not None]
    for row, _old, _new in changed:
        row.version, row.updated_at = row.version + 1, now
    Product.objects.bulk_create([row for row, _old, _new in added], batch_size=AT_ONCE)
    written = [*FIELDS, "sort_name", "search", "version", "updated_at"]
    Product.objects.bulk_update([row for row, _old, _new in changed], written, batch_size=100)
    if any("unit_cost_minor" in new for _row, _old, new in changed):
        owe_everything()
    record_many(by=by, verb="product.added", changes=added, now=now)
    record_many(by=by, verb="product.changed", changes=changed, now=now)
    done.added, done.changed = len(added), len(changed)


def _write(row: Product, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs, checked; a category that is a name becomes a record."""
    clean = {name: values[name] for name in FIELDS if name in values}
    if isinstance(clean.get("name"), str):
        clean["name"] = clean["name"].strip()
    if isinstance(clean.get("category"), str):
        clean["category"] = _category(clean["category"])
    old, new = versions.apply(row, clean)
    if row.unit_cost_minor is not None and not 0 <= row.unit_cost_minor <= LARGEST_COST:
        message = _("A unit cost is zero or more, and not astronomical; check the number.")
        raise ValidationError({"unit_cost_minor": message})
    row.sort_name = text.sort_name(row.name)
    row.search = text.search_text([row.name], [row.external_id])
    return old, new


def _category(name: str) -> ProductCategory | None:
    try:
        return category_named(name) if name.strip() else None
    except ValidationError as refusal:
        raise ValidationError({"category": refusal.messages}) from refusal


def make_products_findable() -> None:
    """Write the search columns of every product anew: for rows that came without."""
    rows = list(Product.objects.order_by("pk").values_list("pk", "name", "external_id"))
    columns = {
        "id": [pk for pk, _name, _code in rows],
        "sort_name": [text.sort_name(name) for _pk, name, _code in rows],
        "search": [text.search_text([name], [code]) for _pk, name, code in rows],
    }
    tables.update(Product, pa.table(columns))
