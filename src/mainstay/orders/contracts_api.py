"""Contracts over the API: read, and push a thousand by customer and number."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.orders import actions, queries
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Text
from mainstay.shared.rest.operations import needs, page_of, writes

router = Router()


class ContractOut(Schema):
    id: int
    customer_id: int
    reference: str
    starts: date
    ends: date | None
    renewed: bool | None
    yearly_minor: int


class ContractPage(Schema):
    items: list[ContractOut]
    next: str | None


class ContractIn(Input):
    customer_id: Number
    reference: Text = Field("", description="Your contract number: it never makes a second one.")
    starts: date
    ends: date | None = Field(None, description="Left out: without end.")
    renewed: bool | None = Field(None, description="Left out: not known yet.")
    yearly_minor: Integer = 0


class ContractBatch(Input):
    contracts: Annotated[list[ContractIn], Field(min_length=1, max_length=limits.LARGEST_BATCH)]


class ContractsRecorded(Schema):
    added: int
    changed: int
    unchanged: int


@router.get("", response=ContractPage)
@needs("orders:read")
def list_contracts(request: HttpRequest, wish: Query[limits.Listing]) -> Any:
    """List the contracts of the customers you may see."""
    return page_of(queries.contracts_visible_to(request.user), wish)


@router.post("/batch", response=ContractsRecorded)
@needs("orders:write")
@writes
def record_contracts(
    request: HttpRequest, payload: ContractBatch, idempotency_key: str | None = KEY
) -> Any:
    """Record up to 1,000 contracts, all or none; those with a known number are changed."""
    rows = [(row.customer_id, row.model_dump(exclude={"customer_id"})) for row in payload.contracts]
    counts = actions.record_contracts(by=request.user, now=timezone.now(), rows=rows)
    return Status(200, ContractsRecorded(**counts))
