"""Capture over the API: forms and their rates, captured contacts, coupons."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers.queries import visible_to
from mainstay.people.permissions import require
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Number, Term, Text
from mainstay.shared.rest.operations import found, known, needs, page_of, writes

from . import actions, presenters, queries, tokens

router = Router()


class CapturePlaceOut(Schema):
    id: int
    name: str
    medium: str
    token: str
    revoked: bool
    visitors: int = Field(description="Looks at the page and visitors counted by hand.")
    captured: int

    @staticmethod
    def resolve_revoked(row: Any) -> bool:
        return row.revoked_at is not None

    @staticmethod
    def resolve_visitors(row: Any) -> int:
        return presenters.visitors(row)


class FormOut(Schema):
    id: int
    name: str
    title: str
    language: str
    gift: str
    purpose: str | None
    consent_channel: str
    channel: str | None
    campaign: str | None
    places: list[CapturePlaceOut]

    @staticmethod
    def resolve_channel(row: Any) -> str | None:
        return row.channel.name if row.channel else None

    @staticmethod
    def resolve_campaign(row: Any) -> str | None:
        return row.campaign.name if row.campaign else None

    @staticmethod
    def resolve_places(row: Any) -> list[Any]:
        return list(queries.touchpoints(row))

    @staticmethod
    def resolve_purpose(row: Any) -> str | None:
        return row.purpose.name if row.purpose else None


class FormPage(Schema):
    items: list[FormOut]
    next: str | None


class CaptureOut(Schema):
    id: int
    form: str
    place: str
    state: str
    name: str
    email: str
    phone: str
    organisation: str
    position: str
    city: str
    country: str
    industry: str
    answers: list[list[str]]
    consented: bool
    purpose: str | None
    consent_channel: str
    wording: str
    wording_version: int
    captured_at: datetime
    confirmed_at: datetime | None
    customer_id: int | None
    contact_id: int | None

    @staticmethod
    def resolve_form(row: Any) -> str:
        return str(row.touchpoint.form)

    @staticmethod
    def resolve_place(row: Any) -> str:
        return str(row.touchpoint)

    @staticmethod
    def resolve_purpose(row: Any) -> str | None:
        return row.purpose.name if row.purpose else None


class CapturePage(Schema):
    items: list[CaptureOut]
    next: str | None


class CaptureListing(limits.Listing):
    state: Annotated[Term, Field(description="waiting, new, matched, accepted or refused.")] = ""


class CaptureIn(Input):
    """A contact captured by a program of yours: a till, an app, another form."""

    place_id: Number = Field(description="Where it was captured.")
    name: Text = ""
    email: Text = ""
    phone: Text = ""
    organisation: Text = ""
    position: Text = ""
    city: Text = ""
    country: Text = ""
    industry: Text = ""
    consented: bool = Field(False, description="Agreed to the form's wording as it stands now.")


class CaptureDecision(Input):
    customer_id: Number | None = Field(None, description="Where it is noted; null: a new one.")


class CouponIn(Input):
    code: Term
    note: Term = ""


class CouponOut(Schema):
    code: str
    benefit: str
    valid_until: date | None
    redeemed_at: datetime | None

    @staticmethod
    def resolve_benefit(row: Any) -> str:
        return str(row.batch.benefit)

    @staticmethod
    def resolve_valid_until(row: Any) -> date | None:
        until: date | None = row.batch.valid_until
        return until


@router.get("/forms", response=FormPage)
@needs("customers:read")
def list_capture_forms(request: HttpRequest, wish: Query[limits.Listing]) -> Any:
    """List the forms with the places where they are met and what each captured."""
    require(request.user, "customers.view")
    return page_of(queries.every_form().filter(archived_at=None), wish)


@router.get("/captures", response=CapturePage)
@needs("customers:read")
def list_captures(request: HttpRequest, wish: Query[CaptureListing]) -> Any:
    """List captured contacts, oldest first."""
    rows = queries.captures(request.user)
    return page_of(rows.filter(state=wish.state) if wish.state else rows, wish)


@router.post("/captures", response={201: CaptureOut})
@needs("customers:write")
@writes
def add_capture(request: HttpRequest, payload: CaptureIn, idempotency_key: str | None = KEY) -> Any:
    """Hand in a contact that a program of yours captured."""
    require(request.user, "interactions.edit")
    place = known(queries.touchpoint(payload.place_id), "place_id")
    values = payload.model_dump(exclude={"place_id"})
    row = actions.send(
        touchpoint=place,
        nonce=tokens.fresh(),
        values=values,
        now=timezone.now(),
        by=request.user,
    )
    return Status(201, CaptureOut.from_orm(row))


@router.post("/captures/{capture_id}/accept", response={200: CaptureOut})
@needs("customers:write")
@writes
def accept_capture(
    request: HttpRequest,
    capture_id: Number,
    payload: CaptureDecision,
    idempotency_key: str | None = KEY,
) -> Any:
    """Make a customer of a captured contact, or note it at one."""
    rows = queries.captures(request.user).filter(pk=capture_id)
    about: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    about["capture"] = found(rows.first())
    if payload.customer_id is None:
        actions.accept(**about)
    else:
        customer = visible_to(request.user).filter(pk=payload.customer_id).first()
        actions.attach(**about, customer=known(customer, "customer_id"))
    return Status(200, CaptureOut.from_orm(queries.capture(capture_id)))


@router.post("/coupons/redeem", response={200: CouponOut})
@needs("customers:write")
@writes
def redeem_coupon(
    request: HttpRequest, payload: CouponIn, idempotency_key: str | None = KEY
) -> Any:
    """Take a code back once, at the point of sale."""
    about: Any = {"by": request.user, "now": timezone.now(), "today": timezone.localdate()}
    return Status(200, CouponOut.from_orm(actions.redeem(**about, **payload.model_dump())))
