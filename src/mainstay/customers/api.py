"""Customers over the API: read, push one or a thousand, change."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers import actions, queries
from mainstay.customers.custom_fields.api_values import CustomIn, CustomOut
from mainstay.customers.custom_fields.api_values import told as told_custom
from mainstay.customers.queries import told
from mainstay.customers.segments import queries as segments
from mainstay.shared.rest import limits
from mainstay.shared.rest.guarded import Guarded
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Term, Text
from mainstay.shared.rest.operations import found, known, needs, page_of, writes
from mainstay.shared.rest.problems import Fault, faults_of_rows

router = Router()
MOST_TAGS = 100


class Reference(Schema):
    source: str
    external_id: str


def references_told(row: Any) -> list[Reference]:
    """Return the names that sources have for a customer or contact."""
    return [
        Reference(source=each.source.name, external_id=each.external_id)
        for each in row.references.all()
    ]


class CustomerOut(Guarded):
    MODEL = "customers.customer"

    id: int
    kind: str
    name: str
    parent_id: int | None
    owner: str | None
    team: str | None
    email: str
    phone: str
    website: str
    tax_number: str
    industry: str
    country: str
    city: str
    language: str
    founded_year: int | None
    description: str
    particulars: str
    relationship: str
    restricted: bool
    acquisition_channel: str | None
    acquisition_campaign: str | None
    tags: list[str]
    references: list[Reference]
    version: int
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    merged_into: int | None = Field(description="The customer that stands for this one now.")
    custom: CustomOut

    @staticmethod
    def resolve_custom(row: Any) -> dict[str, Any]:
        return told_custom(row)

    @staticmethod
    def resolve_owner(row: Any) -> str | None:
        return row.owner.email if row.owner else None

    @staticmethod
    def resolve_team(row: Any) -> str | None:
        return row.team.name if row.team else None

    @staticmethod
    def resolve_acquisition_channel(row: Any) -> str | None:
        return row.acquisition_channel.name if row.acquisition_channel else None

    @staticmethod
    def resolve_acquisition_campaign(row: Any) -> str | None:
        return row.acquisition_campaign.name if row.acquisition_campaign else None

    @staticmethod
    def resolve_tags(row: Any) -> list[str]:
        return sorted(tag.name for tag in row.tags.all())

    @staticmethod
    def resolve_references(row: Any) -> list[Reference]:
        return references_told(row)


class CustomerPage(Schema):
    items: list[CustomerOut]
    next: str | None


class CustomerFields(Input):
    """What may be written; a field left out stays as it is."""

    kind: Text = "organisation"
    name: Text = ""
    email: Text = ""
    phone: Text = ""
    website: Text = ""
    tax_number: Text = ""
    industry: Text = ""
    country: Text = ""
    city: Text = ""
    language: Text = ""
    founded_year: Integer | None = None
    description: Text = ""
    acquisition_channel: Text = Field("", description="How it found you; a new name is added.")
    acquisition_campaign: Text = Field("", description="Within the channel.")
    particulars: Text = ""
    relationship: Text = ""
    owner: Text | None = Field(None, description="E-mail of who looks after it; null: nobody.")
    team: Text | None = Field(None, description="By name; left out, it follows the owner.")
    tags: Annotated[list[Text], Field(max_length=MOST_TAGS, description="Exactly these.")] = []
    custom: CustomIn = {}


class CustomerIn(CustomerFields):
    name: Text
    parent_id: Number | None = Field(None, description="The organisation above.")


class CustomerChange(CustomerFields):
    parent_id: Number | None = Field(None, description="The organisation above; null: none.")
    archived: bool = Field(False, description="True puts it away, false brings it back.")
    version: Integer | None = Field(None, description="Refused with 409 if it is no longer this.")


class CustomerRow(CustomerFields):
    external_id: Text
    parent: Text = Field("", description="The source's name for the organisation above.")


class CustomerBatch(Input):
    source: Text
    customers: Annotated[list[CustomerRow], Field(min_length=1, max_length=limits.LARGEST_BATCH)]


class CustomersRecorded(Schema):
    ids: dict[str, int]
    added: int
    changed: int
    unchanged: int
    refused: list[Fault]


class CustomerListing(limits.Listing):
    search: Annotated[Term, Field(description="Words in name, e-mail, town or number.")] = ""
    source: Annotated[Term, Field(description="Only customers this source knows.")] = ""
    external_id: Annotated[Term, Field(description="The source's name for it.")] = ""
    parent_id: Annotated[Number | None, Field(description="Only below this one.")] = None
    group_id: Annotated[
        Number | None, Field(description="Only this one and all below it, at any depth.")
    ] = None
    owner: Annotated[Term, Field(description="Only looked after by this e-mail.")] = ""
    team: Annotated[Term, Field(description="Only of the team of this name.")] = ""
    tag: Annotated[Term, Field(description="Only with this tag.")] = ""
    segment: Annotated[Number | None, Field(description="Only of this segment.")] = None
    updated_since: Annotated[
        limits.Moment | None, Field(description="Changed then or later; with time zone.")
    ] = None


@router.get("", response=CustomerPage)
@needs("customers:read")
def list_customers(request: HttpRequest, wish: Query[CustomerListing]) -> Any:
    """List customers, oldest first: read on with `next` until it is null."""
    wishes = wish.model_dump(exclude={"limit", "cursor", "segment"})
    within = segments.condition(request.user, wish.segment, now=timezone.now())
    return page_of(told.pushed(request.user, within=within, **wishes), wish)


@router.post("", response={201: CustomerOut})
@needs("customers:write")
@writes
def add_customer(
    request: HttpRequest, payload: CustomerIn, idempotency_key: str | None = KEY
) -> Any:
    """Add a customer. With a number of your own, use the batch instead: it never adds twice."""
    customer = actions.add_customer(
        by=request.user, now=timezone.now(), values=_values(request, payload)
    )
    _follow(request, customer, payload)
    return Status(201, _out(request, customer.pk))


@router.post("/batch", response=CustomersRecorded)
@needs("customers:write")
@writes
def record_customers(
    request: HttpRequest, payload: CustomerBatch, idempotency_key: str | None = KEY
) -> Any:
    """Record up to 1,000 customers by your own numbers: new ones are added, known ones changed.

    Rows that do not fit are refused one by one, with a sentence; the others are recorded.
    """
    rows = [
        (row.external_id, row.model_dump(exclude_unset=True, exclude={"external_id"}))
        for row in payload.customers
    ]
    done = actions.record_customers(
        by=request.user, now=timezone.now(), source=payload.source, rows=rows
    )
    return Status(200, CustomersRecorded(**done.counted(), refused=faults_of_rows(done.refused)))


@router.get("/{customer_id}", response=CustomerOut)
@needs("customers:read")
def get_customer(request: HttpRequest, customer_id: Number) -> Any:
    """Read one customer."""
    return _out(request, customer_id)


@router.patch("/{customer_id}", response={200: CustomerOut})
@needs("customers:write")
@writes
def change_customer(
    request: HttpRequest,
    customer_id: Number,
    payload: CustomerChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change the fields that are sent; the others stay."""
    customer = found(queries.visible_to(request.user).filter(pk=customer_id).first())
    changed = actions.change_customer(
        by=request.user,
        now=timezone.now(),
        customer=customer,
        values=_values(request, payload),
        version=payload.version,
    )
    _follow(request, changed, payload)
    return Status(200, CustomerOut.from_orm(told.written(request.user, customer_id)))


def _values(request: HttpRequest, payload: CustomerFields) -> dict[str, Any]:
    """Return the fields that were sent, with records for what they name."""
    values = payload.model_dump(exclude_unset=True, exclude={"version", "tags", "archived"})
    if "parent_id" in values:
        number = values.pop("parent_id")
        parent = queries.visible_to(request.user).filter(pk=number).first()
        values["parent"] = number and known(parent, "parent_id")
    return actions.Named().records(values)


def _follow(request: HttpRequest, customer: Any, payload: CustomerFields) -> None:
    """Do what was sent beside the fields: tags, and putting away."""
    about: dict[str, Any] = {"by": request.user, "now": timezone.now(), "customer": customer}
    if "tags" in payload.model_fields_set:
        actions.set_tags(**about, names=payload.tags)
    if "archived" in payload.model_fields_set:
        put = actions.archive_customer if payload.archived else actions.restore_customer  # type: ignore[attr-defined]
        put(**about)


def _out(request: HttpRequest, pk: int) -> CustomerOut:
    return CustomerOut.from_orm(found(told.pushed(request.user).filter(pk=pk).first()))
