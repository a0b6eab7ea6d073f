"""Products over the API: the catalogue with categories and unit costs."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.orders import actions, queries
from mainstay.people.permissions import readable_fields
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Term, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, faults_of_rows

router = Router()
COST = Field(None, description="Of one unit, in minor units of the company's currency.")


class ProductOut(Schema):
    id: int
    source: str
    external_id: str
    name: str
    category: str | None
    category_id: int | None
    unit_cost_minor: int | None = Field(description="Null: not known, or not yours to see.")
    version: int
    created_at: datetime
    updated_at: datetime


class ProductPage(Schema):
    items: list[ProductOut]
    next: str | None


class ProductFields(Input):
    """What may be written; a field left out stays as it is."""

    name: Text = ""
    category: Text = Field("", description="By name; a new one is added, empty takes it off.")
    unit_cost_minor: Integer | None = COST


class ProductChange(ProductFields):
    version: Integer | None = Field(None, description="Refused with 409 if it is no longer this.")


class ProductRow(ProductFields):
    external_id: Text = Field(description="Your product code: it never makes a second product.")


class ProductBatch(Input):
    source: Text
    products: Annotated[list[ProductRow], Field(min_length=1, max_length=limits.LARGEST_BATCH)]


class ProductsRecorded(Schema):
    ids: dict[str, int]
    added: int
    changed: int
    unchanged: int
    refused: list[Fault]


class ProductListing(limits.Listing):
    search: Annotated[Term, Field(description="Words in name or code.")] = ""
    source: Annotated[Term, Field(description="Only products of this source.")] = ""
    external_id: Annotated[Term, Field(description="The source's code for it.")] = ""
    category_id: Annotated[Number | None, Field(description="Only of this category.")] = None
    updated_since: Annotated[
        limits.Moment | None, Field(description="Changed then or later; with time zone.")
    ] = None


@router.get("", response=ProductPage)
@needs("orders:read")
def list_products(request: HttpRequest, wish: Query[ProductListing]) -> Any:
    """List products, oldest first: read on with `next` until it is null."""
    rows = queries.pushed_products(
        request.user,
        search=wish.search,
        updated_since=wish.updated_since,
        source__name=wish.source,
        external_id=wish.external_id,
        category=wish.category_id,
    )
    page = page_of(rows, wish)
    return ProductPage(items=[_told(request, row) for row in page["items"]], next=page["next"])


@router.post("/batch", response=ProductsRecorded)
@needs("orders:write")
@writes
def record_products(
    request: HttpRequest, payload: ProductBatch, idempotency_key: str | None = KEY
) -> Any:
    """Record up to 1,000 products by your own codes: new ones are added, known ones changed.

    Rows that do not fit are refused one by one, with a sentence; the others are recorded.
    """
    rows = [
        (row.external_id, row.model_dump(exclude_unset=True, exclude={"external_id"}))
        for row in payload.products
    ]
    done = actions.record_products(
        by=request.user, now=timezone.now(), source=payload.source, rows=rows
    )
    refused = faults_of_rows(done.refused)
    counts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
    return Status(200, ProductsRecorded(ids=done.ids, refused=refused, **counts))


@router.get("/{product_id}", response=ProductOut)
@needs("orders:read")
def get_product(request: HttpRequest, product_id: Number) -> Any:
    """Read one product; its cost only where the user may see costs."""
    return _told(request, found(queries.pushed_products(request.user, pk=product_id).first()))


@router.patch("/{product_id}", response=ProductOut)
@needs("orders:write")
@writes
def change_product(
    request: HttpRequest,
    product_id: Number,
    payload: ProductChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change the fields that are sent; the others stay."""
    product = found(queries.products_visible_to(request.user).filter(pk=product_id).first())
    row = actions.change_product(
        by=request.user,
        now=timezone.now(),
        product=product,
        values=payload.model_dump(exclude_unset=True, exclude={"version"}),
        version=payload.version,
    )
    return Status(200, _told(request, row))


def _told(request: HttpRequest, row: Any) -> ProductOut:
    """Tell the fields that the user may read; the others are null."""
    readable = readable_fields(request.user, "orders.product")
    values = {name: getattr(row, name) for name in _PLAIN if name in readable}
    cost = row.unit_cost_minor if "unit_cost_minor" in readable else None
    return ProductOut(
        **values,
        source=row.source.name,
        category=row.category.name if row.category else None,
        category_id=row.category_id,
        unit_cost_minor=cost,
    )


_PLAIN = ("id", "external_id", "name", "version", "created_at", "updated_at")
