"""The addresses of a customer over the API."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from mainstay.customers import actions, queries
from mainstay.customers.queries import told
from mainstay.shared.rest import limits
from mainstay.shared.rest.guarded import Guarded
from mainstay.shared.rest.limits import KEY, Input, Integer, Number, Text
from mainstay.shared.rest.operations import found, needs, page_of, writes

router = Router()


class AddressOut(Guarded):
    MODEL = "customers.address"

    id: int
    kind: str
    street: str
    postcode: str
    city: str
    region: str
    country: str
    version: int
    created_at: datetime
    updated_at: datetime


class AddressPage(Schema):
    items: list[AddressOut]
    next: str | None


class AddressIn(Input):
    """A field left out stays as it is; a street, a town or a country must stand."""

    kind: Text = Field("main", description="main, billing or delivery.")
    street: Text = ""
    postcode: Text = ""
    city: Text = ""
    region: Text = ""
    country: Text = ""


class AddressChange(AddressIn):
    version: Integer | None = Field(None, description="Refused with 409 if it is no longer this.")


@router.get("/{customer_id}/addresses", response=AddressPage)
@needs("customers:read")
def list_addresses(request: HttpRequest, customer_id: Number, wish: Query[limits.Listing]) -> Any:
    """List the addresses of a customer."""
    return page_of(queries.addresses(_customer(request, customer_id)), wish)


@router.post("/{customer_id}/addresses", response={201: AddressOut})
@needs("customers:write")
@writes
def add_address(
    request: HttpRequest,
    customer_id: Number,
    payload: AddressIn,
    idempotency_key: str | None = KEY,
) -> Any:
    """Add an address to a customer."""
    return Status(201, _saved(request, _customer(request, customer_id), payload, None))


@router.patch("/{customer_id}/addresses/{address_id}", response={200: AddressOut})
@needs("customers:write")
@writes
def change_address(
    request: HttpRequest,
    customer_id: Number,
    address_id: Number,
    payload: AddressChange,
    idempotency_key: str | None = KEY,
) -> Any:
    """Change the fields that are sent; the others stay."""
    customer = _customer(request, customer_id)
    address = found(told.address(customer, address_id))
    return Status(200, _saved(request, customer, payload, address))


@router.delete("/{customer_id}/addresses/{address_id}", response={200: AddressOut})
@needs("customers:write")
@writes
def remove_address(
    request: HttpRequest,
    customer_id: Number,
    address_id: Number,
    idempotency_key: str | None = KEY,
) -> Any:
    """Take an address off a customer; the answer tells what it was."""
    customer = _customer(request, customer_id)
    address = found(told.address(customer, address_id))
    was = AddressOut.from_orm(address)
    actions.remove_address(by=request.user, now=timezone.now(), customer=customer, address=address)
    return Status(200, was)


def _customer(request: HttpRequest, pk: int) -> Any:
    return found(queries.visible_to(request.user).filter(pk=pk).first())


def _saved(request: HttpRequest, customer: Any, payload: AddressIn, address: Any) -> AddressOut:
    row = actions.save_address(
        by=request.user,
        now=timezone.now(),
        customer=customer,
        values=payload.model_dump(exclude_unset=True, exclude={"version"}),
        address=address,
        version=getattr(payload, "version", None),
    )
    return AddressOut.from_orm(row)
