"""Contacts over the API: people, and where they work from when to when."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers import actions, queries
from mainstay.customers.api import Reference, references_told
from mainstay.customers.custom_fields.api_values import CustomIn, CustomOut
from mainstay.customers.custom_fields.api_values import told as told_custom
from mainstay.customers.queries import told
from mainstay.shared.rest import limits
from mainstay.shared.rest.guarded import Guarded
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Term, Text
from mainstay.shared.rest.operations import found, known, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, faults_of_rows

router = Router()


class PlaceOut(Schema):
    id: int
    customer_id: int
    position: str
    from_date: date | None
    to_date: date | None
    version: int


class ContactOut(Guarded):
    MODEL = "customers.contact"

    id: int
    name: str
    email: str
    phone: str
    language: str
    notes: str
    places: list[PlaceOut] = Field(description="At the customers that you may see.")
    version: int
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    merged_into: int | None = Field(description="The contact that stands for this one now.")
    references: list[Reference]
    custom: CustomOut

    @staticmethod
    def resolve_custom(row: Any) -> dict[str, Any]:
        return told_custom(row)

    @staticmethod
    def resolve_references(row: Any) -> list[Reference]:
        return references_told(row)


class ContactPage(Schema):
    items: list[ContactOut]
    next: str | None


class ContactFields(Input):
    """What may be written; a field left out stays as it is."""

    name: Text = ""
    email: Text = ""
    phone: Text = ""
    language: Text = ""
    notes: Text = ""
    custom: CustomIn = {}


class PlaceFields(Input):
    position: Text = ""
    from_date: date | None = None
    to_date: date | None = Field(None, description="The last day there; null: works there now.")


class PlaceIn(PlaceFields):
    customer_id: Number


class PlaceChange(PlaceFields):
    version: Integer | None = Field(None, description="Refused with 409 if it is no longer this.")


class ContactIn(ContactFields):
    name: Text
    places: Annotated[list[PlaceIn], Field(max_length=50)] = []


class ContactChange(ContactFields):
    archived: bool = Field(False, description="True puts the person away, false brings back.")
    version: Integer | None = Field(None, description="Refused with 409 if it is no longer this.")


class NamedPlace(PlaceFields):
    customer: Text = Field(description="The source's name for the customer.")


class ContactRow(ContactFields):
    external_id: Text
    places: Annotated[list[NamedPlace], Field(max_length=50)] = []


class ContactBatch(Input):
    source: Text
    contacts: Annotated[list[ContactRow], Field(min_length=1, max_length=limits.LARGEST_BATCH)]


class ContactsRecorded(Schema):
    ids: dict[str, int]
    added: int
    changed: int
    unchanged: int
    refused: list[Fault]


class ContactListing(limits.Listing):
    source: Annotated[Term, Field(description="Only contacts this source knows.")] = ""
    external_id: Annotated[Term, Field(description="The source's name for the person.")] = ""
    search: Annotated[Term, Field(description="Words in name, e-mail or phone.")] = ""
    customer_id: Annotated[Number | None, Field(description="Only who works or worked there.")] = (
        None
    )
    updated_since: Annotated[
        limits.Moment | None, Field(description="Changed then or later; with time zone.")
    ] = None


@router.get("", response=ContactPage)
@needs("customers:read")
def list_contacts(request: HttpRequest, wish: Query[ContactListing]) -> Any:
    """List contacts, oldest first: read on with `next` until it is null."""
    wishes = wish.model_dump(exclude={"limit", "cursor"})
    return page_of(told.pushed_contacts(request.user, **wishes), wish)


@router.post("", response={201: ContactOut})
@needs("customers:write")
@writes
def add_contact(request: HttpRequest, payload: ContactIn, idempotency_key: str | None = KEY) -> Any:
    """Add a person, with their places at customers.

    Who sees only some customers names at least one of them.
    """
    values = payload.model_dump(exclude_unset=True, exclude={"places"})
    contact = actions.add_contact(by=request.user, now=timezone.now(), values=values)
    for place in payload.places:
        _save_place(request, contact, place)
    seen = queries.contacts_visible_to(request.user).filter(pk=contact.pk).first()
    known(seen, "places")
    return Status(201, _out(request, contact.pk))


@router.post("/batch", response=ContactsRecorded)
@needs("customers:write")
@writes
def record_contacts(
    request: HttpRequest, payload: ContactBatch, idempotency_key: str | None = KEY
) -> Any:
    """Record up to 1,000 contacts by your own numbers: new ones are added, known ones changed.

    Rows that do not fit are refused one by one, with a sentence; the others are recorded.
    """
    rows = [
        (row.external_id, row.model_dump(exclude_unset=True, exclude={"external_id"}))
        for row in payload.contacts
    ]
    done = actions.record_contacts(
        by=request.user, now=timezone.now(), source=payload.source, rows=rows
    )
    return Status(200, ContactsRecorded(**done.counted(), refused=faults_of_rows(done.refused)))


@router.get("/{contact_id}", response=ContactOut)
@needs("customers:read")
def get_contact(request: HttpRequest, contact_id: Number) -> Any:
    """Read one contact."""
    return _out(request, contact_id)


@router.patch("/{contact_id}", response={200: ContactOut})
@needs("customers:write")
@writes
def change_contact(
    request: HttpRequest,
    contact_id: Number,
    payload: ContactChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change the fields that are sent; the others stay."""
    about: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    contact = actions.change_contact(
        **about,
        contact=_contact(request, contact_id),
        values=payload.model_dump(exclude_unset=True, exclude={"version", "archived"}),
        version=payload.version,
    )
    if "archived" in payload.model_fields_set:
        put = actions.archive_contact if payload.archived else actions.restore_contact
        put(**about, contact=contact)
    return Status(200, _out(request, contact_id))


@router.post("/{contact_id}/places", response={201: ContactOut})
@needs("customers:write")
@writes
def add_place(
    request: HttpRequest,
    contact_id: Number,
    payload: PlaceIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Give a contact a place at a customer; a person may have several over time."""
    _save_place(request, _contact(request, contact_id), payload)
    return Status(201, _out(request, contact_id))


@router.patch("/{contact_id}/places/{place_id}", response={200: ContactOut})
@needs("customers:write")
@writes
def change_place(
    request: HttpRequest,
    contact_id: Number,
    place_id: Number,
    payload: PlaceChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change the position or the days; `to_date` ends the place and keeps it."""
    contact = _contact(request, contact_id)
    place = found(told.place(request.user, contact, place_id))
    actions.change_affiliation(
        by=request.user,
        now=timezone.now(),
        values=payload.model_dump(exclude_unset=True, exclude={"version"}),
        affiliation=place,
        version=payload.version,
    )
    return Status(200, _out(request, contact_id))


def _save_place(request: HttpRequest, contact: Any, place: PlaceIn) -> None:
    customer = queries.visible_to(request.user).filter(pk=place.customer_id).first()
    actions.add_affiliation(
        by=request.user,
        now=timezone.now(),
        contact=contact,
        customer=known(customer, "customer_id"),
        values=place.model_dump(exclude_unset=True, exclude={"customer_id"}),
    )


def _contact(request: HttpRequest, pk: int) -> Any:
    return found(queries.contacts_visible_to(request.user).filter(pk=pk).first())


def _out(request: HttpRequest, pk: int) -> ContactOut:
    rows = told.pushed_contacts(request.user).filter(pk=pk)
    return ContactOut.from_orm(found(rows.first()))
