"""Segments over the API: keep them, preview a rule, read members and their history."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.people.permissions import require
from mainstay.shared.rest import limits
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes

from . import actions, building, counting, fields, operators, presenters, queries, tree, words

router = Router()
HISTORY = timedelta(days=365)


class Definition(Input):
    """A group of conditions: `rules` holds conditions and groups like this one."""

    version: Literal[1] = 1
    match: Literal["all", "any", "none"]
    rules: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=40)]


class SegmentOut(Schema):
    id: int
    name: str
    description: str
    kind: str
    sharing: str
    owner: str | None
    definition: dict[str, Any]
    reading: str
    members: int | None = Field(description="When it was last counted, whoever may see them.")
    counted_at: datetime | None
    direct: bool = Field(description="Lists ask the rule itself, not the members as stored.")
    left_out: int | None = Field(
        None,
        description="Told when one is read: whom you see and the rule means, but whose processing"
        " is restricted.",
    )
    version: int


class SegmentPage(Schema):
    items: list[SegmentOut]
    next: str | None
    restricted: int | None = Field(
        description="Customers you see who belong to no segment: their processing is restricted."
    )


class SegmentIn(Input):
    name: Annotated[Text, Field(min_length=1, max_length=120)]
    description: Annotated[Text, Field(max_length=1000)] = ""
    kind: Literal["live", "static"] = "live"
    sharing: Literal["private", "team", "all"] = "private"
    definition: Definition | None = Field(None, description="The rule of a live segment.")


class SegmentChange(Input):
    name: Annotated[Text, Field(min_length=1, max_length=120)] = ""
    description: Annotated[Text, Field(max_length=1000)] = ""
    sharing: Literal["private", "team", "all"] = "private"
    definition: Definition | None = None
    version: Integer | None = Field(None, description="Refused with 409 if it is no longer this.")


class SizeOut(Schema):
    """`customers` is null where counting takes too long; `more`: there are more than that."""

    reading: str
    customers: int | None
    more: bool
    left_out: int | None = Field(description="More, whose processing is restricted.")


class SegmentMemberOut(Schema):
    id: int
    name: str


class MemberPage(Schema):
    items: list[SegmentMemberOut]
    next: str | None


class MembersIn(Input):
    add: Annotated[list[Number], Field(max_length=limits.LARGEST_BATCH)] = []
    remove: Annotated[list[Number], Field(max_length=limits.LARGEST_BATCH)] = []


class MembersOut(Schema):
    added: int
    removed: int


class DayOut(Schema):
    day: date
    members: int
    entered: int
    left: int


class SegmentFieldOut(Schema):
    key: str
    label: str
    group: str
    kind: str
    operators: list[str]


@router.get("", response=SegmentPage)
@needs("customers:read")
def list_segments(request: HttpRequest, wish: Query[limits.Listing]) -> Any:
    """List the segments you see, oldest first."""
    page = page_of(queries.with_owner(request.user), wish)
    apart = counting.size(queries.restricted(request.user)).number
    items = [_out(row) for row in page["items"]]
    return {"items": items, "next": page["next"], "restricted": apart}


@router.get("/fields", response=list[SegmentFieldOut])
@needs("customers:read")
def list_fields(request: HttpRequest) -> Any:
    """List what a rule may ask, and how."""
    may = building.allowed(request.user)
    return [
        SegmentFieldOut(
            key=each.key,
            label=str(each.label),
            group=str(each.group),
            kind=each.kind,
            operators=[way.key for way in operators.offered(each)],
        )
        for each in fields.every()
        if may(each)
    ]


@router.post("/preview", response=SizeOut)
@needs("customers:read")
def preview_segment(request: HttpRequest, payload: Definition) -> Any:
    """Count whom a rule means, without keeping it."""
    require(request.user, "segments.edit")
    rule = tree.read(payload.model_dump(), allowed=building.allowed(request.user))
    now = timezone.now()
    size = counting.size(queries.meeting(request.user, rule, now=now))
    apart = counting.size(queries.restricted_meeting(request.user, rule, now=now))
    return SizeOut(
        reading=words.reading(rule), customers=size.number, more=size.more, left_out=apart.number
    )


@router.post("", response={201: SegmentOut})
@needs("customers:write")
@writes
def add_segment(request: HttpRequest, payload: SegmentIn, idempotency_key: str | None = KEY) -> Any:
    """Keep a segment."""
    values = payload.model_dump(exclude_none=True)
    row = actions.save_segment(by=request.user, now=timezone.now(), values=values)
    return Status(201, _out(row))


@router.get("/{segment_id}", response=SegmentOut)
@needs("customers:read")
def get_segment(request: HttpRequest, segment_id: Number) -> Any:
    """Read one segment."""
    segment = _found(request, segment_id)
    apart = queries.restricted_in(request.user, segment, now=timezone.now())
    return _out(segment, left_out=counting.size(apart).number)


@router.patch("/{segment_id}", response={200: SegmentOut})
@needs("customers:write")
@writes
def change_segment(
    request: HttpRequest,
    segment_id: Number,
    payload: SegmentChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change what is sent; the rest stays."""
    values = payload.model_dump(exclude_unset=True, exclude={"version"})
    row = actions.save_segment(
        by=request.user,
        now=timezone.now(),
        values=values,
        segment=_found(request, segment_id),
        version=payload.version,
    )
    return Status(200, _out(row))


@router.delete("/{segment_id}", response={204: None})
@needs("customers:write")
def archive_segment(request: HttpRequest, segment_id: Number) -> Any:
    """Put a segment away; its customers stay."""
    found_one = _found(request, segment_id)
    actions.archive_segment(by=request.user, now=timezone.now(), segment=found_one)
    return Status(204, None)


@router.get("/{segment_id}/members", response=MemberPage)
@needs("customers:read")
def list_members(request: HttpRequest, segment_id: Number, wish: Query[limits.Listing]) -> Any:
    """List the customers of a segment that you may see, oldest first."""
    segment = _found(request, segment_id)
    return page_of(queries.members(request.user, segment, now=timezone.now()), wish)


@router.post("/{segment_id}/members", response={200: MembersOut})
@needs("customers:write")
@writes
def change_members(
    request: HttpRequest,
    segment_id: Number,
    payload: MembersIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Put customers on a fixed list, and take others off."""
    known: Any = {"by": request.user, "now": timezone.now()}
    known["segment"] = _found(request, segment_id)
    added = actions.add_members(**known, ids=payload.add)
    removed = actions.remove_members(**known, ids=payload.remove)
    return Status(200, MembersOut(added=added, removed=removed))


@router.get("/{segment_id}/history", response=list[DayOut])
@needs("customers:read")
def get_history(request: HttpRequest, segment_id: Number) -> Any:
    """Read how large a segment was on each day counted in a year, and who came and went."""
    since = timezone.localdate() - HISTORY
    return [
        DayOut(day=row.day, members=row.members, entered=row.entered, left=row.left)
        for row in queries.days_of(_found(request, segment_id), since=since)
    ]


def _found(request: HttpRequest, number: int) -> Any:
    return found(queries.with_owner(request.user).filter(pk=number).first())


def _out(row: Any, **more: Any) -> SegmentOut:
    names = ("description", "kind", "sharing", "definition", "members", "counted_at", "direct")
    return SegmentOut(
        id=row.pk,
        name=str(row),
        owner=row.owner.email if row.owner else None,
        reading=presenters.reading(row),
        version=row.version,
        **{name: getattr(row, name) for name in names},
        **more,
    )
