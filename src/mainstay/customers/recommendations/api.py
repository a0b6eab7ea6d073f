"""Who recommended us, over the API."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from mainstay.customers.queries import visible_to
from mainstay.shared.rest.limits import KEY, Input, Number
from mainstay.shared.rest.operations import found, needs, writes
from mainstay.shared.rest.problems import Fault, Refused

from . import actions, queries

router = Router()


class RecommendationIn(Input):
    given_by_id: Number | None = Field(description="The customer who recommended us; null: nobody.")


class RecommendationOut(Schema):
    """What the token's user may not see is left out."""

    customer_id: int
    given_by_id: int | None
    brought_ids: list[int]


@router.get("/{customer_id}/recommendation", response=RecommendationOut)
@needs("customers:read")
def get_recommendation(request: HttpRequest, customer_id: Number) -> Any:
    """Read who recommended us to a customer, and whom it brought us."""
    return _out(request, found(visible_to(request.user).filter(pk=customer_id).first()))


@router.put("/{customer_id}/recommendation", response={200: RecommendationOut})
@needs("customers:write")
@writes
def note_recommendation(
    request: HttpRequest,
    customer_id: Number,
    payload: RecommendationIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Note who recommended us to a customer."""
    rows = visible_to(request.user)
    customer = found(rows.filter(pk=customer_id).first())
    giver = rows.filter(pk=payload.given_by_id).first() if payload.given_by_id else None
    if payload.given_by_id and giver is None:
        raise _refused(_("No customer has this number, or it is not yours to see."))
    try:
        actions.note_recommendation(
            by=request.user, now=timezone.now(), customer=customer, given_by=giver
        )
    except ValidationError as refusal:
        raise _refused(refusal.messages[0]) from refusal
    return Status(200, _out(request, customer))


def _refused(sentence: str) -> Refused:
    return Refused(422, sentence, [Fault(field="given_by_id", message=sentence)])


def _out(request: HttpRequest, customer: Any) -> RecommendationOut:
    giver, brought = queries.known(request.user, customer)
    return RecommendationOut(
        customer_id=customer.pk,
        given_by_id=giver.pk if giver else None,
        brought_ids=[row.pk for row in brought],
    )
