"""Conversations over the API, with all who took part."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers import queries as customers
from mainstay.customers.api import Reference, references_told
from mainstay.customers.talks import actions, queries
from mainstay.customers.talks.files_api import FileOut
from mainstay.people import queries as people
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Number, Term, Text
from mainstay.shared.rest.operations import found, known, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, faults_of_rows

router = Router()
MOST_PEOPLE = 50
Minutes = Annotated[int, Field(ge=1, le=1440)]


class TalkOut(Schema):
    id: int
    customer_id: int
    channel: str
    purpose: str
    direction: str
    outcome: str
    minutes: int | None
    subject: str
    body: str
    occurred_at: datetime
    settled_at: datetime | None = Field(description="Of a complaint; null while it is open.")
    contact_ids: list[int]
    users: list[str] = Field(description="E-mails of who of us took part.")
    files: list[FileOut]
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    references: list[Reference]

    @staticmethod
    def resolve_references(row: Any) -> list[Reference]:
        return references_told(row)

    @staticmethod
    def resolve_contact_ids(row: Any) -> list[int]:
        return [
            pk for pk in [row.contact_id, *(p.contact_id for p in row.participants.all())] if pk
        ]

    @staticmethod
    def resolve_users(row: Any) -> list[str]:
        ours = [row.user, *(part.user for part in row.participants.all())]
        return [one.email for one in ours if one]

    @staticmethod
    def resolve_files(row: Any) -> list[Any]:
        return list(row.attachments.all())


class TalkPage(Schema):
    items: list[TalkOut]
    next: str | None


class TalkSaid(Input):
    """What may be said of a conversation; a field left out stays as it is."""

    channel: Text = Field("", description="call, visit, meeting, email, letter or note.")
    purpose: Text = "talk"
    direction: Text = Field("", description="in: they came to us; out: we went to them.")
    outcome: Text = ""
    minutes: Minutes | None = None
    subject: Text = ""
    body: Text = Field("", description="@name tells a colleague who may see the customer.")
    occurred_at: limits.Moment | None = None


class TalkFields(TalkSaid):
    contact_ids: Annotated[list[Number], Field(max_length=MOST_PEOPLE)] = []
    users: Annotated[list[Text], Field(max_length=MOST_PEOPLE)] = Field(
        [], description="E-mails of who of us took part besides you."
    )


class TalkIn(TalkFields):
    customer_id: Number
    channel: Text
    subject: Text


class TalkChange(TalkFields):
    archived: bool = Field(False, description="True puts it away, false brings it back.")
    settled: bool = Field(False, description="True closes a complaint, false opens it again.")


class TalkRow(TalkSaid):
    external_id: Text
    customer: Text = Field("", description="The source's name for the customer.")
    contacts: Annotated[list[Text], Field(max_length=MOST_PEOPLE)] = Field(
        [], description="The source's names for the contacts who took part."
    )
    users: Annotated[list[Text], Field(max_length=MOST_PEOPLE)] = Field(
        [], description="E-mails of who of us took part; left out of a new one: you alone."
    )
    settled: bool = Field(False, description="True closes a complaint, false opens it again.")


class TalkBatch(Input):
    source: Text
    interactions: Annotated[list[TalkRow], Field(min_length=1, max_length=limits.LARGEST_BATCH)]


class TalksRecorded(Schema):
    ids: dict[str, int]
    added: int
    changed: int
    unchanged: int
    refused: list[Fault]


class TalkListing(limits.Listing):
    customer_id: Number | None = None
    contact_id: Annotated[Number | None, Field(description="Took part.")] = None
    source: Annotated[Term, Field(description="Only conversations this source knows.")] = ""
    external_id: Annotated[Term, Field(description="The source's name for it.")] = ""
    channel: Term = ""
    complaint: Annotated[
        Literal["", "open", "settled"], Field(description="Complaints alone, in that state.")
    ] = ""
    since: Annotated[limits.Moment | None, Field(description="Happened then or later.")] = None
    updated_since: limits.Moment | None = None


@router.get("", response=TalkPage)
@needs("customers:read")
def list_interactions(request: HttpRequest, wish: Query[TalkListing]) -> Any:
    """List conversations, oldest first: read on with `next` until it is null."""
    wishes = wish.model_dump(exclude={"limit", "cursor"})
    return page_of(queries.told(request.user, **wishes), wish)


@router.post("", response={201: TalkOut})
@needs("customers:write")
@writes
def add_interaction(
    request: HttpRequest, payload: TalkIn, idempotency_key: str | None = KEY
) -> Any:
    """Note a conversation with a customer, and tell whom it mentions."""
    customer = customers.visible_to(request.user).filter(pk=payload.customer_id).first()
    row = actions.note(
        by=request.user,
        now=timezone.now(),
        customer=known(customer, "customer_id"),
        values=_values(payload),
        **{"contacts": [], "colleagues": []} | _people(request, payload),
    )
    return Status(201, _out(request, row.pk))


@router.post("/batch", response=TalksRecorded)
@needs("customers:write")
@writes
def record_interactions(
    request: HttpRequest, payload: TalkBatch, idempotency_key: str | None = KEY
) -> Any:
    """Record up to 1,000 conversations by your own numbers; nobody is told that they are mentioned.

    Rows that do not fit are refused one by one, with a sentence; the others are recorded.
    """
    rows = [(row.external_id, _said(row, {"external_id"})) for row in payload.interactions]
    done = actions.record_interactions(
        by=request.user, now=timezone.now(), source=payload.source, rows=rows
    )
    return Status(200, TalksRecorded(**done.counted(), refused=faults_of_rows(done.refused)))


@router.get("/{interaction_id}", response=TalkOut)
@needs("customers:read")
def get_interaction(request: HttpRequest, interaction_id: Number) -> Any:
    """Read one conversation."""
    return _out(request, interaction_id)


@router.patch("/{interaction_id}", response={200: TalkOut})
@needs("customers:write")
@writes
def change_interaction(
    request: HttpRequest,
    interaction_id: Number,
    payload: TalkChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change the fields that are sent; the others stay."""
    row = found(queries.visible_to(request.user).filter(pk=interaction_id).first())
    about: dict[str, Any] = {"by": request.user, "now": timezone.now(), "interaction": row}
    actions.correct(**about, values=_values(payload), **_people(request, payload))
    if "archived" in payload.model_fields_set:
        put = actions.archive if payload.archived else actions.restore
        put(**about)
    if "settled" in payload.model_fields_set:
        actions.settle(**about, settled=payload.settled)
    return Status(200, _out(request, interaction_id))


def _values(payload: TalkFields) -> dict[str, Any]:
    return _said(payload, {"customer_id", "contact_ids", "users", "archived", "settled"})


def _said(payload: TalkSaid, skipped: set[str]) -> dict[str, Any]:
    values = payload.model_dump(exclude_unset=True, exclude=skipped)
    if values.get("occurred_at", True) is None:
        del values["occurred_at"]
    return values


def _people(request: HttpRequest, payload: TalkFields) -> dict[str, Any]:
    """Return who took part, as far as it was sent; who is not known is refused."""
    given: dict[str, Any] = {}
    if "contact_ids" in payload.model_fields_set:
        rows = customers.contacts_visible_to(request.user).in_bulk(payload.contact_ids)
        given["contacts"] = [known(rows.get(pk), "contact_ids") for pk in payload.contact_ids]
    if "users" in payload.model_fields_set:
        owners = {row.email: row for row in people.owners().filter(email__in=payload.users)}
        given["colleagues"] = [known(owners.get(email), "users") for email in payload.users]
    return given


def _out(request: HttpRequest, pk: int) -> TalkOut:
    return TalkOut.from_orm(found(queries.told(request.user).filter(pk=pk).first()))
