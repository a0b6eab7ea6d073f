"""Gaps over the API: what is known of wallets and markets, and what a run makes of it."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers.queries import visible_to
from mainstay.orders.queries import categories
from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, LARGEST_INTEGER, Input, Listing, Number, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, Refused

from . import actions, queries
from .choices import Confidence, Origin

router = Router()
Amount = Annotated[int, Field(ge=0, le=LARGEST_INTEGER, description="In minor units.")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class GapOut(Schema):
    """A gap of one customer in one market; without a market, of all its markets."""

    customer_id: int
    category_id: int | None
    wallet_minor: int
    sales_minor: int
    current_minor: int
    future_minor: int | None
    share_of_wallet: float | None


class GapPage(Schema):
    items: list[GapOut]
    next: str | None


class GapListing(Listing):
    category_id: Number | None = None
    customer_id: Number | None = None


class WalletIn(Input):
    category_id: Number
    wallet_minor: Amount
    low_minor: Amount | None = None
    high_minor: Amount | None = None
    share_now: Share | None = None
    share_then: Share | None = None
    origin: Origin
    note: Annotated[Text, Field(max_length=500)] = ""
    confidence: Confidence
    known_on: dt.date


class WalletOut(Schema):
    id: int
    customer_id: int
    category_id: int
    wallet_minor: int
    low_minor: int | None
    high_minor: int | None
    share_now: float | None
    share_then: float | None
    origin: str
    note: str
    confidence: str
    known_on: dt.date


@router.get("/gaps", response=GapPage)
@needs("value:read")
def list_gaps(request: HttpRequest, wish: Query[GapListing]) -> Any:
    """List gaps of the current run, the largest first."""
    require(request.user, "value.view")
    rows = queries.gaps_seen_by(request.user)
    wishes = {"category": wish.category_id, "customer": wish.customer_id}
    rows = rows.filter(**{name: value for name, value in wishes.items() if value is not None})
    return page_of(rows, wish, order=("-current_minor", "id"))


@router.post("/customers/{customer_id}/wallet", response={201: WalletOut})
@needs("customers:write")
@writes
def note_wallet(
    request: HttpRequest, customer_id: Number, payload: WalletIn, idempotency_key: str | None = KEY
) -> Any:
    """Note what a customer buys of a product market in a year, from everybody."""
    customer = found(visible_to(request.user).filter(pk=customer_id).first())
    values = payload.model_dump()
    category = categories().filter(pk=values.pop("category_id")).first()
    if category is None:
        sentence = "No product category has this number."
        raise Refused(422, sentence, [Fault(field="category_id", message=sentence)])
    try:
        row = actions.note_wallet(
            by=request.user,
            now=timezone.now(),
            customer=customer,
            values=values | {"category": category},
        )
    except ValidationError as refusal:
        names = {"low": "low_minor", "high": "high_minor"}
        told = refusal.message_dict.items()
        faults = [Fault(field=names.get(name, name), message=texts[0]) for name, texts in told]
        raise Refused(422, faults[0].message, faults) from refusal
    return Status(201, WalletOut.from_orm(row))
