"""E-mails over the API: hand in files, read what was taken and what was skipped."""

from base64 import b64decode
from binascii import Error
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers.mail import actions, queries
from mainstay.shared.rest.limits import KEY, Input, Listing, Number, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, Refused

router = Router()


class ReadingOut(Schema):
    id: int
    file_name: str
    mailbox: str | None
    state: str
    read: int
    taken: int = Field(description="New on timelines.")
    skipped: dict[str, int] = Field(alias="counts", description="How many for each reason.")
    reason: str
    created_at: datetime
    finished_at: datetime | None

    @staticmethod
    def resolve_mailbox(row: Any) -> str | None:
        return row.mailbox.name if row.mailbox else None


class ReadingPage(Schema):
    items: list[ReadingOut]
    next: str | None


class SkippedOut(Schema):
    id: int
    place: int
    why: str
    name: str
    email: str
    subject: str
    sent_at: datetime | None
    detail: str


class SkippedPage(Schema):
    items: list[SkippedOut]
    next: str | None


class MailIn(Input):
    """A file of e-mails: .eml or .mbox."""

    name: Annotated[Text, Field(max_length=255, min_length=1)]
    content: Annotated[str, Field(min_length=4, description="The file in base64.")]


@router.get("", response=ReadingPage, by_alias=False)
@needs("customers:read")
def list_mail_readings(request: HttpRequest, wish: Query[Listing]) -> Any:
    """List files of e-mails and readings of mailboxes, oldest first."""
    return page_of(queries.intakes(request.user), wish)


@router.post("", response={201: ReadingOut}, by_alias=False)
@needs("customers:write")
@writes
def read_mail(request: HttpRequest, payload: MailIn, idempotency_key: str | None = KEY) -> Any:
    """Hand in a file of e-mails; a worker puts them onto timelines."""
    row = actions.begin(
        by=request.user, now=timezone.now(), chunks=[_content(payload)], name=payload.name
    )
    return Status(201, ReadingOut.from_orm(row))


@router.get("/{reading_id}", response=ReadingOut, by_alias=False)
@needs("customers:read")
def get_mail_reading(request: HttpRequest, reading_id: Number) -> Any:
    """Read what came of one file or reading."""
    return found(queries.intakes(request.user).filter(pk=reading_id).first())


@router.get("/{reading_id}/skipped", response=SkippedPage)
@needs("customers:read")
def list_skipped_mail(request: HttpRequest, reading_id: Number, wish: Query[Listing]) -> Any:
    """List what was skipped, with the reason of each."""
    row = found(queries.intakes(request.user).filter(pk=reading_id).first())
    return page_of(queries.skips(row), wish)


def _content(payload: MailIn) -> bytes:
    try:
        return b64decode(payload.content, validate=True)
    except (Error, ValueError) as error:
        sentence = _("This is not base64; encode the bytes of the file.")
        raise Refused(422, sentence, [Fault(field="content", message=sentence)]) from error
