"""The customer portal over the API, for our side: works, stages, guests, feedback."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import Field

from mainstay.account_plans.workspace.operations import acting
from mainstay.account_plans.workspace.queries import account
from mainstay.customers import queries as customers
from mainstay.people import queries as people
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, known, needs, writes

from . import actions, queries, tokens
from .choices import StageState

router = Router()


class WorkStageOut(Schema):
    id: int
    title: str
    state: str = Field(description="planned, running, waiting or done.")
    planned_from: date | None
    planned_until: date | None
    began_on: date | None
    ended_on: date | None
    shared: bool


class WorkStageIn(Input):
    title: Text
    state: Text = Field("planned", description="planned, running, waiting or done.")
    planned_from: date | None = None
    planned_until: date | None = None
    began_on: date | None = None
    ended_on: date | None = None
    shared: bool = Field(True, description="Once the work itself is shared.")


class WorkOut(Schema):
    id: int
    title: str
    summary: str
    ours: str | None = Field(description="E-mail of who of us answers for it.")
    contact_id: int | None
    finished_on: date | None
    shared: bool
    stages: list[WorkStageOut]
    mean_mark: float | None = Field(description="From 1 to 5; of each person the latest counts.")
    marks: int


class WorksOut(Schema):
    items: list[WorkOut]


class WorkIn(Input):
    title: Text
    summary: Text = ""
    ours: Text | None = Field(None, description="E-mail of who of us answers for it.")
    contact_id: Number | None = Field(None, description="Who of the customer's.")
    finished_on: date | None = None
    shared: bool = False


class WorkMarkOut(Schema):
    stage_id: int | None = Field(description="null: the work as a whole.")
    contact_id: int
    contact: str
    mark: int = Field(description="From 1, very poor, to 5, very good.")
    words: str
    at: datetime
    task_id: int | None = Field(description="The task that a low mark made.")


class WorkCommentOut(Schema):
    contact_id: int | None = Field(description="null: one of us wrote it.")
    name: str
    text: str
    at: datetime


class WorkFeedbackOut(Schema):
    marks: list[WorkMarkOut]
    comments: list[WorkCommentOut]


class PortalGuestOut(Schema):
    id: int
    contact_id: int
    contact: str
    language: str
    expires_at: datetime
    last_visit: datetime | None


class PortalGuestsOut(Schema):
    items: list[PortalGuestOut]


class PortalLinkOut(PortalGuestOut):
    link: str = Field(description="Shown this once; of its token only a hash is kept.")


class PortalGuestIn(Input):
    contact_id: Number
    language: Text = Field("en", description="en, pl, ru or zh-hans.")
    days: int = Field(90, ge=30, le=365, description="30, 90, 180 or 365.")


def _customer(request: HttpRequest, customer_id: int) -> Any:
    return found(account(request.user, customer_id)).customer


@router.get("/{customer_id}/works", response=WorksOut)
@needs("customers:read")
def list_works(request: HttpRequest, customer_id: Number) -> Any:
    """Read the works for the customer with their stages, and what their people think of them."""
    rows = list(queries.works(_customer(request, customer_id)))
    thought = queries.opinions([row.pk for row in rows])
    return {"items": [_work(row, thought[row.pk]) for row in rows]}


@router.post("/{customer_id}/works", response={201: WorkOut})
@needs("customers:write")
@writes
def add_work(
    request: HttpRequest, customer_id: Number, payload: WorkIn, idempotency_key: str | None = KEY
) -> Any:
    """Add a piece of work; nothing of it is seen until it is shared."""
    by = acting(request, customer_id)
    values = payload.model_dump(exclude={"contact_id", "ours"})
    if payload.contact_id is not None:
        rows = customers.contacts_visible_to(request.user).filter(pk=payload.contact_id)
        values["theirs"] = known(rows.first(), "contact_id")
    if payload.ours is not None:
        values["ours"] = known(people.owners().filter(email=payload.ours).first(), "ours")
    row = actions.set_work(**by, values=values)
    return Status(201, WorkOut(**_work(row, queries.Opinions())))


def _work(row: Any, thought: queries.Opinions) -> dict[str, Any]:
    names = ("title", "summary", "finished_on", "shared")
    return {name: getattr(row, name) for name in names} | {
        "id": row.pk,
        "ours": row.ours.email if row.ours else None,
        "contact_id": row.theirs_id,
        "stages": [_stage(each) for each in row.stages.all()],
        "mean_mark": thought.mean,
        "marks": len(thought.all),
    }


@router.post("/{customer_id}/works/{work_id}/stages", response={201: WorkStageOut})
@needs("customers:write")
@writes
def add_work_stage(
    request: HttpRequest,
    customer_id: Number,
    work_id: Number,
    payload: WorkStageIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Add a stage to a work."""
    by = acting(request, customer_id)
    row = found(queries.work(by["account"].customer, work_id))
    known(payload.state if payload.state in StageState.values else None, "state")
    stage = actions.set_stage(**by, about=row, values=payload.model_dump())
    return Status(201, WorkStageOut(**_stage(stage)))


def _stage(row: Any) -> dict[str, Any]:
    names = ("title", "state", "planned_from", "planned_until", "began_on", "ended_on", "shared")
    return {"id": row.pk} | {name: getattr(row, name) for name in names}


@router.get("/{customer_id}/works/{work_id}/feedback", response=WorkFeedbackOut)
@needs("customers:read")
def list_work_feedback(request: HttpRequest, customer_id: Number, work_id: Number) -> Any:
    """Read the marks and the thread of a work."""
    row = found(queries.work(_customer(request, customer_id), work_id))
    marks = queries.opinions([row.pk])[row.pk].all
    comments = queries.comments(row)
    names = ("stage_id", "contact_id", "mark", "words", "at", "task_id")
    return {
        "marks": [
            {"contact": each.contact.name} | {name: getattr(each, name) for name in names}
            for each in marks
        ],
        "comments": [_comment(each) for each in comments],
    }


def _comment(row: Any) -> dict[str, Any]:
    writer = row.contact or row.by
    name = writer.name if writer else ""
    return {"contact_id": row.contact_id, "name": name, "text": row.text, "at": row.at}


@router.get("/{customer_id}/portal/invitations", response=PortalGuestsOut)
@needs("customers:read")
def list_portal_invitations(request: HttpRequest, customer_id: Number) -> Any:
    """Read who is invited to the customer portal, until when, and when they came last."""
    rows = queries.invitations(_customer(request, customer_id))
    return {"items": [_guest(row) for row in rows]}


@router.post("/{customer_id}/portal/invitations", response={201: PortalLinkOut})
@needs("customers:write")
@writes
def invite_to_portal(
    request: HttpRequest,
    customer_id: Number,
    payload: PortalGuestIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Invite a person; the answer holds the link this once."""
    by = acting(request, customer_id)
    url = request.build_absolute_uri(reverse("portal:open", args=["TOKEN"]))
    values = {"contact": payload.contact_id, "language": payload.language, "days": payload.days}
    row = actions.invite(**by, values=values, url=url)
    link = url.replace("TOKEN", tokens.token_of(row))
    return Status(201, PortalLinkOut(**_guest(row), link=link))


@router.post("/{customer_id}/portal/invitations/{invitation_id}/withdraw", response=PortalGuestOut)
@needs("customers:write")
@writes
def withdraw_portal_invitation(
    request: HttpRequest,
    customer_id: Number,
    invitation_id: Number,
    idempotency_key: str | None = KEY,
) -> Any:
    """Let a link open nothing any more, and end its visits."""
    by = acting(request, customer_id)
    row = found(queries.invitation(by["account"].customer, invitation_id))
    actions.withdraw(**by, invitation=row)
    return Status(200, PortalGuestOut(**_guest(row)))


def _guest(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "contact_id": row.contact_id,
        "contact": row.contact.name,
        "language": row.language,
        "expires_at": row.expires_at,
        "last_visit": getattr(row, "last_visit", None),
    }
