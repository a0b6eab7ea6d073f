"""Webhooks over the API: endpoints, their log, sending again."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.shared.events import actions, catalogue, queries
from mainstay.shared.events.signing import secret_of
from mainstay.shared.rest.limits import KEY, Input, Integer, Listing, Moment, Number, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes

router = Router()
READ, WRITE = "webhooks:read", "webhooks:write"
MOST_EVENTS = 50


class KindOut(Schema):
    name: str
    label: str


class EndpointOut(Schema):
    id: int
    name: str
    url: str
    state: str
    paused_because: str
    owner: str
    events: list[str]
    created_at: datetime
    previous_until: datetime | None = Field(
        description="Until then messages are signed with the secret before, too."
    )

    @staticmethod
    def resolve_owner(row: Any) -> str:
        return str(row.owner.email)

    @staticmethod
    def resolve_events(row: Any) -> list[str]:
        return queries.wanted(row)


class EndpointWithSecret(EndpointOut):
    secret: str = Field(description="Signs every message; read it here or make a new one.")

    @staticmethod
    def resolve_secret(row: Any) -> str:
        return secret_of(row.salt)


class EndpointFields(Input):
    name: Text = Field("", description="So that you know it later.")
    url: Text = Field("", description="Starts with https:// and is open to the internet.")
    events: Annotated[list[Text], Field(max_length=MOST_EVENTS)] = []


class EndpointIn(EndpointFields):
    name: Text
    url: Text
    events: Annotated[list[Text], Field(min_length=1, max_length=MOST_EVENTS)]


class EndpointChange(EndpointFields):
    state: Literal["active", "paused"] = Field(
        "active", description="Paused: what happens meanwhile waits."
    )


class AttemptOut(Schema):
    at: datetime
    milliseconds: int
    status: int | None
    problem: str
    request: str
    response: str


class DeliveryOut(Schema):
    id: int
    state: str
    replay: bool
    events: list[int]
    attempts: int
    created_at: datetime
    next_at: datetime
    finished_at: datetime | None


class DeliveryWithLog(DeliveryOut):
    log: list[AttemptOut]

    @staticmethod
    def resolve_log(row: Any) -> list[Any]:
        return list(queries.log_of(row))


class DeliveryPage(Schema):
    items: list[DeliveryOut]
    next: str | None


class SecretIn(Input):
    overlap_hours: Annotated[
        Integer, Field(ge=0, le=actions.MOST_HOURS, description="How long the old one signs too.")
    ] = actions.OVERLAP_HOURS


class ReplayIn(Input):
    since: Moment
    until: Moment


class Queued(Schema):
    deliveries: int = Field(description="How many messages wait now.")


@router.get("/events", response=list[KindOut])
@needs(READ)
def list_events(request: HttpRequest) -> Any:
    """List the events there are."""
    return [KindOut(name=each.name, label=str(each.label)) for each in catalogue.kinds()]


@router.get("", response=list[EndpointOut])
@needs(READ)
def list_webhooks(request: HttpRequest) -> Any:
    """List webhooks: one's own, everybody's for administrators."""
    return list(queries.visible_to(request.user))


@router.post("", response={201: EndpointWithSecret})
@needs(WRITE)
@writes
def add_webhook(
    request: HttpRequest, payload: EndpointIn, idempotency_key: str | None = KEY
) -> Any:
    """Add a webhook; it is told what you may see. The answer has the secret."""
    values = payload.model_dump()
    row = actions.add_endpoint(by=request.user, now=timezone.now(), values=values)
    return Status(201, EndpointWithSecret.from_orm(row))


@router.get("/{webhook_id}", response=EndpointOut)
@needs(READ)
def get_webhook(request: HttpRequest, webhook_id: Number) -> Any:
    """Read one webhook."""
    return _endpoint(request, webhook_id)


@router.patch("/{webhook_id}", response={200: EndpointOut})
@needs(WRITE)
@writes
def change_webhook(
    request: HttpRequest,
    webhook_id: Number,
    payload: EndpointChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change what is sent; the rest stays. `state` pauses and resumes."""
    about: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    about["endpoint"] = _endpoint(request, webhook_id)
    values = payload.model_dump(exclude_unset=True, exclude={"state"})
    if values:
        actions.change_endpoint(**about, values=values)
    if "state" in payload.model_fields_set:
        put = actions.resume if payload.state == "active" else actions.pause
        put(**about)
    return Status(200, EndpointOut.from_orm(_endpoint(request, webhook_id)))


@router.delete("/{webhook_id}", response={200: EndpointOut})
@needs(WRITE)
@writes
def remove_webhook(
    request: HttpRequest, webhook_id: Number, idempotency_key: str | None = KEY
) -> Any:
    """Remove a webhook with its log; what waits is not sent."""
    row = _endpoint(request, webhook_id)
    told = EndpointOut.from_orm(row)
    actions.remove_endpoint(by=request.user, now=timezone.now(), endpoint=row)
    return Status(200, told)


@router.post("/{webhook_id}/secret", response={200: EndpointWithSecret})
@needs(WRITE)
@writes
def change_webhook_secret(
    request: HttpRequest,
    webhook_id: Number,
    payload: SecretIn | None = None,
    idempotency_key: str | None = KEY,
) -> Any:
    """Make a new secret; the old one signs beside it for a day, or as long as you say."""
    wish = payload or SecretIn()
    about: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    row = _endpoint(request, webhook_id)
    changed = actions.change_secret(**about, endpoint=row, overlap_hours=wish.overlap_hours)
    return Status(200, EndpointWithSecret.from_orm(changed))


@router.delete("/{webhook_id}/secret/previous", response={200: EndpointOut})
@needs(WRITE)
@writes
def end_previous_secret(
    request: HttpRequest, webhook_id: Number, idempotency_key: str | None = KEY
) -> Any:
    """Let the secret before sign no more."""
    row = _endpoint(request, webhook_id)
    ended = actions.end_previous_secret(by=request.user, now=timezone.now(), endpoint=row)
    return Status(200, EndpointOut.from_orm(ended))


@router.post("/{webhook_id}/test", response={201: DeliveryOut})
@needs(WRITE)
@writes
def try_webhook(request: HttpRequest, webhook_id: Number, idempotency_key: str | None = KEY) -> Any:
    """Send an event that means nothing."""
    row = _endpoint(request, webhook_id)
    sent = actions.send_test(by=request.user, now=timezone.now(), endpoint=row)
    return Status(201, DeliveryOut.from_orm(sent))


@router.post("/{webhook_id}/replay", response={201: Queued})
@needs(WRITE)
@writes
def replay_webhook(
    request: HttpRequest, webhook_id: Number, payload: ReplayIn, idempotency_key: str | None = KEY
) -> Any:
    """Send again what happened from `since` until before `until`; each event keeps its id."""
    count = actions.replay_range(
        by=request.user,
        now=timezone.now(),
        endpoint=_endpoint(request, webhook_id),
        **payload.model_dump(),
    )
    return Status(201, Queued(deliveries=count))


@router.get("/{webhook_id}/deliveries", response=DeliveryPage)
@needs(READ)
def list_deliveries(request: HttpRequest, webhook_id: Number, wish: Query[Listing]) -> Any:
    """List what was and will be sent, the latest first."""
    rows = queries.deliveries(_endpoint(request, webhook_id))
    return page_of(rows, wish, order=("-id",))


@router.get("/{webhook_id}/deliveries/{delivery_id}", response=DeliveryWithLog)
@needs(READ)
def get_delivery(request: HttpRequest, webhook_id: Number, delivery_id: Number) -> Any:
    """Read one delivery with each attempt: what was asked and answered."""
    return _delivery(request, webhook_id, delivery_id)


@router.post("/{webhook_id}/deliveries/{delivery_id}/replay", response={201: DeliveryOut})
@needs(WRITE)
@writes
def replay_delivery(
    request: HttpRequest,
    webhook_id: Number,
    delivery_id: Number,
    idempotency_key: str | None = KEY,
) -> Any:
    """Send the events of one delivery again."""
    row = _delivery(request, webhook_id, delivery_id)
    again = actions.replay(by=request.user, now=timezone.now(), delivery=row)
    return Status(201, DeliveryOut.from_orm(again))


def _endpoint(request: HttpRequest, number: int) -> Any:
    return found(queries.visible_to(request.user).filter(pk=number).first())


def _delivery(request: HttpRequest, endpoint: int, number: int) -> Any:
    rows = queries.deliveries(_endpoint(request, endpoint))
    return found(rows.filter(pk=number).first())
