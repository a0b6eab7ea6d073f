"""Custom fields over the API: which there are, add one, change one, put one away."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mainstay.people.permissions import require
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Text
from mainstay.shared.rest.operations import found, needs, writes

from . import actions, queries
from .rules import MOST_PLACES

router = Router()

Of = Literal["customer", "contact"]
Kind = Literal[
    "text",
    "long_text",
    "whole",
    "decimal",
    "money",
    "yes_no",
    "day",
    "moment",
    "choice",
    "choices",
    "user",
    "url",
    "email",
]
Texts = Annotated[list[Text], Field(max_length=500)]


class FieldOut(Schema):
    id: int
    of: Of
    key: str
    type: Kind
    label: str
    help: str
    group: str
    position: int
    required: bool
    unique: bool
    low: str
    high: str
    places: int
    currency: str
    answers: list[str]
    seen_by: list[str]
    edited_by: list[str]
    version: int
    archived: bool

    @staticmethod
    def resolve_of(row: Any) -> str:
        return str(row.subject)

    @staticmethod
    def resolve_answers(row: Any) -> list[str]:
        return [each.label for each in queries.answers(row)]

    @staticmethod
    def resolve_archived(row: Any) -> bool:
        return row.archived_at is not None


class FieldValues(Input):
    """What may be said of a field; one left out stays as it is."""

    label: Text = ""
    help: Text = Field("", description="Stands below the field on forms.")
    group: Text = Field("", description="Fields of one group stand together.")
    position: Annotated[Integer, Field(ge=0, le=10_000)] = 0
    required: bool = Field(False, description="Asked of people, not of files.")
    unique: bool = Field(False, description="No two records may have the same.")
    low: Text = Field("", description="The smallest number or earliest day.")
    high: Text = Field("", description="The largest number or latest day.")
    answers: Texts = Field([], description="What a list offers, in its order.")
    seen_by: Texts = Field([], description="Roles; none: whoever sees the record.")
    edited_by: Texts = Field([], description="Roles; none: whoever may edit the record.")


class FieldIn(FieldValues):
    of: Of
    type: Kind
    label: Text
    key: Text = Field("", description="By which programs name it; made of the name if left out.")
    places: Annotated[Integer, Field(ge=0, le=MOST_PLACES)] = 0
    currency: Text = ""


class FieldChange(FieldValues):
    type: Kind | None = Field(None, description="Another type; refused if a value would be lost.")
    archived: bool = Field(False, description="True puts it away, false brings it back.")
    version: Integer | None = Field(None, description="Refused with 409 if it is no longer this.")


class Fields(Schema):
    items: list[FieldOut]


@router.get("", response=Fields)
@needs("customers:read")
def list_custom_fields(request: HttpRequest) -> Any:
    """List the fields you may see, of customers and contacts, in their order."""
    rows = [each for each in queries.every() if queries.allows(request.user, each.seen_by)]
    return {"items": rows}


@router.post("", response={201: FieldOut})
@needs("customers:write")
@writes
def add_custom_field(
    request: HttpRequest, payload: FieldIn, idempotency_key: str | None = KEY
) -> Any:
    """Add a field; its type decides which limits it may have. For administrators."""
    values = payload.model_dump(exclude_unset=True)
    values["subject"] = values.pop("of")
    field = actions.add_field(by=request.user, now=timezone.now(), values=values)
    return Status(201, FieldOut.from_orm(_one(request, field.pk)))


@router.get("/{field_id}", response=FieldOut)
@needs("customers:read")
def get_custom_field(request: HttpRequest, field_id: Number) -> Any:
    """Read one field."""
    return _one(request, field_id)


@router.patch("/{field_id}", response={200: FieldOut})
@needs("customers:write")
@writes
def change_custom_field(
    request: HttpRequest, field_id: Number, payload: FieldChange, idempotency_key: str | None = KEY
) -> Any:
    """Change what is sent, put the field away or bring it back. For administrators."""
    require(request.user, actions.RIGHT)
    about: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    left_out = {"version", "archived", "type"}
    values = payload.model_dump(exclude_unset=True, exclude=left_out)
    field = actions.change_field(
        **about, field=_one(request, field_id), values=values, version=payload.version
    )
    if payload.type and payload.type != field.type:
        field = actions.convert(**about, field=field, to=payload.type)
    if "archived" in payload.model_fields_set:
        put = actions.archive_field if payload.archived else actions.restore_field
        put(**about, field=field)
    return Status(200, FieldOut.from_orm(_one(request, field_id)))


def _one(request: HttpRequest, pk: int) -> Any:
    row = queries.every().filter(pk=pk).first()
    return found(row if row and queries.allows(request.user, row.seen_by) else None)
