"""Questions and answers over the API."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mainstay.customers.queries import contacts_at, visible_to
from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, known, needs, writes

from . import actions, presenters, queries
from .bank import words

router = Router()


class QuestionOut(Schema):
    id: int
    text: str
    kind: str
    options: list[str]
    customer_kind: str
    field: str
    worth: int
    valid_days: int
    enabled: bool

    @staticmethod
    def resolve_text(row: Any) -> str:
        return words(row)

    @staticmethod
    def resolve_options(row: Any) -> list[str]:
        return actions.choices(row)


class NextOut(Schema):
    question: QuestionOut | None = Field(description="Null: nothing is open for this customer.")
    why: str


class AnswerOut(Schema):
    id: int
    question_id: int
    outcome: str
    value: str
    source: str
    confidence: str
    contact_id: int | None
    answered_at: datetime


class AnswerIn(Input):
    question_id: Number
    outcome: Literal["answered", "declined", "asked"] = "answered"
    value: Text = ""
    source: Text = ""
    confidence: Literal["high", "medium", "low"] = "high"
    contact_id: Number | None = None


@router.get("/questions", response=list[QuestionOut])
@needs("customers:read")
def list_questions(request: HttpRequest) -> Any:
    """List the bank of questions, the one worth most first."""
    require(request.user, "customers.view")
    return list(queries.bank())


@router.get("/customers/{customer_id}/next", response=NextOut)
@needs("customers:read")
def get_next_question(request: HttpRequest, customer_id: Number) -> Any:
    """Read which question to ask a customer now, and why."""
    customer = found(visible_to(request.user).filter(pk=customer_id).first())
    row, choice = queries.next_for(customer, timezone.localdate())
    why = presenters.why(choice, row) if choice else ""
    return {"question": row, "why": why}


@router.get("/customers/{customer_id}/answers", response=list[AnswerOut])
@needs("customers:read")
def list_answers(request: HttpRequest, customer_id: Number) -> Any:
    """List what came of asking a customer, the latest first, at most 500."""
    customer = found(visible_to(request.user).filter(pk=customer_id).first())
    return list(queries.history(customer)[:500])


@router.post("/customers/{customer_id}/answers", response={201: AnswerOut})
@needs("customers:write")
@writes
def note_answer(
    request: HttpRequest,
    customer_id: Number,
    payload: AnswerIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Note what came of asking a customer a question."""
    customer = found(visible_to(request.user).filter(pk=customer_id).first())
    question = known(queries.question(payload.question_id), "question_id")
    contact = None
    if payload.contact_id:
        contact = known(contacts_at(customer).filter(pk=payload.contact_id).first(), "contact_id")
    row = actions.note_answer(
        by=request.user,
        now=timezone.now(),
        customer=customer,
        question=question,
        values=payload.model_dump(exclude={"question_id", "contact_id"}),
        contact=contact,
    )
    return Status(201, AnswerOut.from_orm(row))
