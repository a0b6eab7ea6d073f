"""Reviews of key accounts over the API: plan, read, decide, note minutes."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mainstay.account_plans.workspace.queries import Account, account
from mainstay.customers import queries as customers
from mainstay.people import queries as people
from mainstay.shared.rest.limits import KEY, Input, Number, Text
from mainstay.shared.rest.operations import found, known, needs, writes

from . import actions, presenters, queries

router = Router()


class ReviewPersonOut(Schema):
    name: str
    ours: bool
    contact_id: int | None


class ReviewPointOut(Schema):
    id: int
    key: str = Field(description="Of what was proposed from the data; empty: written by us.")
    text: str
    note: str
    inside: bool = Field(description="For us alone: not on the customer's paper.")


class ReviewDecisionOut(Schema):
    id: int
    text: str
    task_id: int | None
    owner: str | None
    due_date: date
    agreed_due_date: date
    state: str = Field(description="open, done, overdue or dropped.")
    done_on: date | None


class ReviewOut(Schema):
    id: int
    held_on: date
    place: str
    stage: str = Field(description="planned, passed (nobody noted whether it was held) or held.")
    minutes: str
    participants: list[ReviewPersonOut]
    decisions: list[ReviewDecisionOut]


class ReviewInFullOut(ReviewOut):
    agenda: list[ReviewPointOut]
    follow_up: list[ReviewDecisionOut] = Field(description="Decisions of earlier reviews.")


class ReviewsOut(Schema):
    items: list[ReviewOut]


class ReviewIn(Input):
    held_on: date
    place: Text = ""
    ours: list[Text] = Field([], description="E-mails of who of us takes part.")
    contact_ids: list[Number] = []
    others: list[Text] = []


class ReviewNotesIn(Input):
    minutes: Text | None = None
    held: bool | None = Field(None, description="Whether it took place.")


class ReviewDecisionIn(Input):
    title: Text
    assignee: Text = Field(description="E-mail of who sees to it.")
    due_date: date


def _about(request: HttpRequest, customer_id: int, review_id: int) -> dict[str, Any]:
    seen: Account = found(account(request.user, customer_id))
    meeting = found(queries.meeting(seen.pk, review_id))
    return {"by": request.user, "now": timezone.now(), "account": seen, "meeting": meeting}


@router.get("/{customer_id}/reviews", response=ReviewsOut)
@needs("customers:read")
def list_reviews(request: HttpRequest, customer_id: Number) -> Any:
    """Read the reviews, the latest first, each with its decisions."""
    seen = found(account(request.user, customer_id))
    rows = list(queries.meetings(seen.pk))
    return {"items": _told(seen, rows)}


def _told(seen: Account, rows: list[Any]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    there = queries.participants(row.pk for row in rows)
    decided = [presenters.decision(row, today) for row in queries.decisions(seen.pk)]
    return [
        {
            "id": row.pk,
            "held_on": row.held_on,
            "place": row.place,
            "stage": presenters.stage(row, today),
            "minutes": row.minutes,
            "participants": [
                {"name": each.name, "ours": each.is_ours, "contact_id": each.contact_id}
                for each in there.get(row.pk, [])
            ],
            "decisions": [_decision(each) for each in decided if each["meeting"] == row.pk],
        }
        for row in rows
    ]


def _decision(shown: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": shown["pk"],
        "text": shown["text"],
        "task_id": shown["task"],
        "owner": shown["email"],
        "due_date": shown["due"],
        "agreed_due_date": shown["moved_from"] or shown["due"],
        "state": shown["state"],
        "done_on": shown["done_on"],
    }


@router.get("/{customer_id}/reviews/{review_id}", response=ReviewInFullOut)
@needs("customers:read")
def get_review(request: HttpRequest, customer_id: Number, review_id: Number) -> Any:
    """Read a review with its agenda, and how the decisions of earlier ones stand."""
    about = _about(request, customer_id, review_id)
    return _whole(about["account"], about["meeting"])


def _whole(seen: Account, meeting: Any) -> dict[str, Any]:
    today = timezone.localdate()
    followed = [presenters.decision(row, today) for row in queries.followed_up(meeting)]
    agenda = [
        {"id": row.pk, "key": row.key, "text": row.text, "note": row.note, "inside": row.is_inside}
        for row in queries.points(meeting)
        if row.text
    ]
    told = _told(seen, [meeting])[0]
    return told | {"agenda": agenda, "follow_up": [_decision(each) for each in followed]}


@router.post("/{customer_id}/reviews", response={201: ReviewInFullOut})
@needs("customers:write")
@writes
def plan_review(
    request: HttpRequest, customer_id: Number, payload: ReviewIn, idempotency_key: str | None = KEY
) -> Any:
    """Plan a review, or note one that took place; the agenda is proposed from the data."""
    seen = found(account(request.user, customer_id))
    values = payload.model_dump(include={"held_on", "place", "others"})
    values["ours"] = [known(_staff(email), "ours") for email in payload.ours]
    theirs = customers.contacts_at(seen.customer).in_bulk(payload.contact_ids)
    values["theirs"] = [known(theirs.get(pk), "contact_ids") for pk in payload.contact_ids]
    row = actions.plan(by=request.user, now=timezone.now(), account=seen, values=values)
    return Status(201, ReviewInFullOut(**_whole(seen, row)))


def _staff(email: str) -> Any:
    return people.owners().filter(email=email).first()


@router.patch("/{customer_id}/reviews/{review_id}", response=ReviewInFullOut)
@needs("customers:write")
@writes
def note_review(
    request: HttpRequest,
    customer_id: Number,
    review_id: Number,
    payload: ReviewNotesIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Write the minutes, or note that the review was held or not; what is left out stays."""
    about = _about(request, customer_id, review_id)
    if payload.minutes is not None:
        actions.change(**about, values={"minutes": payload.minutes})
    if payload.held is not None:
        actions.hold(**about, held=payload.held)
    row = queries.meeting(about["account"].pk, review_id)
    return Status(200, ReviewInFullOut(**_whole(about["account"], row)))


@router.post("/{customer_id}/reviews/{review_id}/decisions", response={201: ReviewDecisionOut})
@needs("customers:write")
@writes
def decide_at_review(
    request: HttpRequest,
    customer_id: Number,
    review_id: Number,
    payload: ReviewDecisionIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Note a decision: it becomes a task of whoever sees to it, and an action of the account."""
    about = _about(request, customer_id, review_id)
    values = payload.model_dump(include={"title", "due_date"})
    values["assignee"] = known(_staff(payload.assignee), "assignee")
    row = actions.decide(**about, values=values)
    return Status(
        201, ReviewDecisionOut(**_decision(presenters.decision(row, timezone.localdate())))
    )
