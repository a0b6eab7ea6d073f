"""Categories of products over the API."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.orders import actions, queries
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, known, needs, page_of, writes

router = Router()
ABOVE = Field(None, description="The category above; null: none.")


class CategoryOut(Schema):
    id: int
    name: str
    parent_id: int | None


class CategoryPage(Schema):
    items: list[CategoryOut]
    next: str | None


class CategoryIn(Input):
    name: Text
    parent_id: Number | None = ABOVE


class CategoryChange(Input):
    name: Text = ""
    parent_id: Number | None = ABOVE


@router.get("", response=CategoryPage)
@needs("orders:read")
def list_categories(request: HttpRequest, wish: Query[limits.Listing]) -> Any:
    """List the categories of products."""
    return page_of(queries.categories_visible_to(request.user), wish)


@router.post("", response={201: CategoryOut})
@needs("orders:write")
@writes
def add_category(
    request: HttpRequest, payload: CategoryIn, idempotency_key: str | None = KEY
) -> Any:
    """Add a category; its name must be new."""
    return Status(201, _saved(request, payload, None))


@router.get("/{category_id}", response=CategoryOut)
@needs("orders:read")
def get_category(request: HttpRequest, category_id: Number) -> Any:
    """Read one category."""
    return _category(request, category_id)


@router.patch("/{category_id}", response={200: CategoryOut})
@needs("orders:write")
@writes
def change_category(
    request: HttpRequest,
    category_id: Number,
    payload: CategoryChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change its name, or the category above it."""
    return Status(200, _saved(request, payload, _category(request, category_id)))


def _category(request: HttpRequest, pk: int) -> Any:
    return found(_one(request, pk))


def _one(request: HttpRequest, pk: int) -> Any:
    return queries.categories_visible_to(request.user).filter(pk=pk).first()


def _saved(request: HttpRequest, payload: Any, category: Any) -> CategoryOut:
    values = payload.model_dump(exclude_unset=True)
    if "parent_id" in values:
        number = values.pop("parent_id")
        values["parent"] = number and known(_one(request, number), "parent_id")
    row = actions.save_category(
        by=request.user, now=timezone.now(), values=values, category=category
    )
    return CategoryOut.from_orm(row)
