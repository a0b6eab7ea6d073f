"""Net lifetime values over the API."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from mainstay.people.permissions import require
from mainstay.shared.rest.limits import Listing, Number
from mainstay.shared.rest.operations import needs, page_of

from . import queries

router = Router()


class NetValueOut(Schema):
    """Money in minor units, at present value; what winning the customer cost is not in the sum."""

    customer_id: int
    purchases_minor: int
    recommended_minor: int
    service_minor: int
    net_minor: int
    low_minor: int
    high_minor: int
    acquisition_minor: int | None


class NetValuePage(Schema):
    items: list[NetValueOut]
    next: str | None


class NetValueListing(Listing):
    customer_id: Number | None = None


@router.get("/net-values", response=NetValuePage)
@needs("value:read")
def list_net_values(request: HttpRequest, wish: Query[NetValueListing]) -> Any:
    """List net lifetime values of the current run, the largest first."""
    require(request.user, "money.view")
    rows = queries.seen_by(request.user)
    if wish.customer_id is not None:
        rows = rows.filter(customer=wish.customer_id)
    return page_of(rows, wish, order=("-net_minor", "customer"))
