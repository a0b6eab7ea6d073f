"""Farewell over the API: whom the rules propose and why, and what was decided."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from mainstay.people.permissions import require
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Listing, Number, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes

from . import actions, presenters, queries

router = Router()


class FarewellDecisionOut(Schema):
    decision: str = Field(description="keep, terms, goodbye or later.")
    reason: str
    review_on: dt.date | None
    decided_on: dt.date
    net_profit_minor: int | None = Field(description="As it was that day.")
    clv_minor: int | None = Field(description="As it was that day.")
    version: int


class ProposedOut(Schema):
    """A customer proposed; money of the last 12 months in minor units."""

    customer_id: int
    name: str = Field(alias="customer.name")
    revenue_minor: int
    cost_to_serve_minor: int
    net_profit_minor: int
    as_of: dt.date = Field(alias="run.as_of")
    decision: FarewellDecisionOut | None

    @staticmethod
    def resolve_decision(row: Any) -> Any:
        return getattr(row.customer, "farewell_decision", None)


class ProposedPage(Schema):
    items: list[ProposedOut]
    next: str | None


class ConditionOut(Schema):
    says: str
    met: bool


class FarewellReasonOut(Schema):
    rule: str
    proposing: list[ConditionOut]
    sparing: list[ConditionOut]


class ProposalOut(ProposedOut):
    reasons: list[FarewellReasonOut]


class FarewellDecisionIn(Input):
    decision: Text = Field(description="keep, terms, goodbye or later.")
    reason: Text
    review_on: dt.date | None = None
    version: limits.Integer | None = Field(
        None, description="Of the decision you saw; if it is another by now, you are told."
    )


class ShareOut(Schema):
    """What a segment costs and brings in 12 months, in minor units, and its share of all."""

    segment_id: int
    name: str
    n: int
    sales: int
    margin: int
    service: int = Field(description="Cost to serve.")
    net: int
    effort: float = Field(description="Share of the cost to serve of all.")
    worth: float = Field(description="Share of the margin of all.")


class Effort(Schema):
    as_of: dt.date | None
    segments: list[ShareOut]


@router.get("", response=ProposedPage)
@needs("value:read")
def list_proposed(request: HttpRequest, wish: Query[Listing]) -> Any:
    """List whom the rules propose to part with, with the decision where there is one."""
    require(request.user, "money.view")
    rows = queries.worklist(request.user, now=timezone.now())
    return page_of(queries.with_decisions(rows), wish)


@router.get("/customers/{customer_id}", response=ProposalOut)
@needs("value:read")
def get_proposal(request: HttpRequest, customer_id: Number) -> Any:
    """Read what speaks for and against parting with a customer, condition by condition."""
    require(request.user, "money.view")
    row = found(queries.row(request.user, customer_id))
    reasons = [
        FarewellReasonOut(**each) for each in presenters.reasons(customer_id, now=timezone.now())
    ]
    told = ProposedOut.from_orm(row).model_dump()
    return ProposalOut.model_construct(**told, reasons=reasons)


@router.put("/customers/{customer_id}/decision", response=FarewellDecisionOut)
@needs("customers:write")
@writes
def decide_farewell(
    request: HttpRequest,
    customer_id: Number,
    payload: FarewellDecisionIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Keep what was decided about a customer; nothing happens by itself."""
    require(request.user, "money.view")
    found(queries.row(request.user, customer_id))
    values = payload.model_dump(exclude={"version"})
    row = actions.decide(
        by=request.user,
        now=timezone.now(),
        customer=customer_id,
        values=values,
        version=payload.version,
    )
    return FarewellDecisionOut.from_orm(row)


@router.get("/effort", response=Effort)
@needs("value:read")
def get_effort(request: HttpRequest) -> Any:
    """Read what each segment takes of the effort and brings of the margin."""
    require(request.user, "money.view")
    run = queries.profit_run()
    rows = presenters.shares(request.user, now=timezone.now())
    return {"as_of": run and run.as_of, "segments": rows}
