"""Preferences over the API: of customers and contacts alike."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mainstay.customers import queries as customers
from mainstay.customers.preferences import actions, queries
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, needs, writes

router = Router()
Topics = Annotated[list[Text], Field(max_length=30)]


class PreferenceAnswerOut(Schema):
    question: str
    value: list[str]
    origin: str = Field(description="link: said so themselves; told: told one of us; api.")
    at: datetime


class PreferencesOut(Schema):
    answers: list[PreferenceAnswerOut]
    contacts_in_12_months: int
    days_since_contact: int | None


class PreferencesIn(Input):
    """What they answered; a question left out stays as it is, an empty answer takes it back."""

    channel: Text = Field("", description="call, visit, meeting, email or letter.")
    rhythm: Text = Field("", description="week, month, quarter, year or never.")
    language: Text = ""
    times: Text = ""
    wanted: Topics = []
    unwanted: Topics = []
    likes: Topics = []


class TopicsOut(Schema):
    names: list[str]


class TopicsIn(Input):
    names: Annotated[list[Text], Field(max_length=actions.MOST_TOPICS)]


@router.get("/topics", response=TopicsOut)
@needs("customers:read")
def list_topics(request: HttpRequest) -> Any:
    """List the topics that are offered to choose from."""
    return TopicsOut(names=queries.topics())


@router.put("/topics", response={200: TopicsOut})
@needs("customers:write")
@writes
def set_topics(request: HttpRequest, payload: TopicsIn, idempotency_key: str | None = KEY) -> Any:
    """Offer exactly these topics; what was answered before stays."""
    actions.set_topics(by=request.user, now=timezone.now(), names=payload.names)
    return Status(200, TopicsOut(names=queries.topics()))


@router.get("/customers/{customer_id}", response=PreferencesOut)
@needs("customers:read")
def get_customer_preferences(request: HttpRequest, customer_id: Number) -> Any:
    """Read what a customer prefers, and how often you are in contact."""
    return _out(request, _customer(request, customer_id))


@router.put("/customers/{customer_id}", response={200: PreferencesOut})
@needs("customers:write")
@writes
def note_customer_preferences(
    request: HttpRequest,
    customer_id: Number,
    payload: PreferencesIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Note what a customer answered."""
    return _note(request, _customer(request, customer_id), payload)


@router.get("/contacts/{contact_id}", response=PreferencesOut)
@needs("customers:read")
def get_contact_preferences(request: HttpRequest, contact_id: Number) -> Any:
    """Read what a contact prefers, and how often you are in contact."""
    return _out(request, _contact(request, contact_id))


@router.put("/contacts/{contact_id}", response={200: PreferencesOut})
@needs("customers:write")
@writes
def note_contact_preferences(
    request: HttpRequest,
    contact_id: Number,
    payload: PreferencesIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Note what a contact answered."""
    return _note(request, _contact(request, contact_id), payload)


def _note(request: HttpRequest, about: Any, payload: PreferencesIn) -> Any:
    values = payload.model_dump(exclude_unset=True)
    known: dict[str, Any] = {"by": request.user, "now": timezone.now(), "about": about}
    actions.note(**known, values=values, origin="api")
    return Status(200, _out(request, about))


def _out(request: HttpRequest, about: Any) -> PreferencesOut:
    touches = queries.touches(request.user, about, timezone.now())
    return PreferencesOut(
        answers=[
            PreferenceAnswerOut(
                question=row.question, value=row.value.splitlines(), origin=row.origin, at=row.at
            )
            for row in queries.answers(about).values()
            if row.value
        ],
        contacts_in_12_months=touches.number,
        days_since_contact=touches.days_since,
    )


def _customer(request: HttpRequest, pk: int) -> Any:
    return found(customers.visible_to(request.user).filter(pk=pk).first())


def _contact(request: HttpRequest, pk: int) -> Any:
    return found(customers.contacts_visible_to(request.user).filter(pk=pk).first())
