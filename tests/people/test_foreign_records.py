"""Every route with a record in its address, asked by whom the record is not to be shown.

The records of one customer are made with one number, by which every page is looked for. A route
needs no entry here: what the stranger is shown or can change is found in the answers themselves.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.customers.models import Contact, Customer, Interaction
from tests.api import secret_of
from tests.factories.customers import (
    AffiliationFactory,
    ContactFactory,
    CustomerFactory,
    InteractionFactory,
)
from tests.factories.orders import OrderFactory
from tests.factories.people import UserFactory
from tests.people.access_matrix import MATRIX, TOKEN
from tests.people.test_access_matrix import ROUTES, WALKED, address

SECRET = "Zqxforeign"
NUMBER = 1
API_METHODS = ("get", "post", "put", "patch", "delete")
PAGES = [name for name in WALKED if MATRIX[name] != TOKEN and NUMBER in ROUTES[name][1].values()]
API = [name for name in WALKED if MATRIX[name] == TOKEN and ROUTES[name][1]]
ROLES = ("account_manager", "manager", "service_agent", "analyst", "read_only")


@pytest.fixture
def world(owner: Any) -> Customer:
    """The owner's customer, contact, interaction and order, all of the same number."""
    customer: Customer = CustomerFactory(
        pk=NUMBER, name=f"{SECRET} Ltd", email="a@zqxforeign.example", owner=owner, team=owner.team
    )
    contact = ContactFactory(pk=NUMBER, name=f"{SECRET} Ada")
    AffiliationFactory(pk=NUMBER, customer=customer, contact=contact)
    InteractionFactory(pk=NUMBER, customer=customer, subject=f"{SECRET} called")
    OrderFactory(pk=NUMBER, customer=customer, external_id=f"{SECRET}-1")
    return customer


def facts() -> list[Any]:
    """Return all that a stranger could have changed."""
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Customer, Contact, Interaction)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_page_shows_or_changes_what_is_out_of_reach(world: Customer, role: str) -> None:
    client, before = Client(), facts()
    client.force_login(UserFactory(role=role, reach="own"))
    for name in PAGES:
        for method in ("get", "post"):
            answer = getattr(client, method)(address(name), {"name": "Taken"})
            told = f"{role} {method} {address(name)}: {answer.status_code}"
            assert answer.status_code < 500, told
            assert answer.streaming or SECRET.encode() not in answer.content, told
        assert facts() == before, name


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_operation_shows_or_changes_what_is_out_of_reach(world: Customer, role: str) -> None:
    client, before = Client(), facts()
    headers = {"Authorization": f"Bearer {secret_of(UserFactory(role=role, reach='own'))}"}
    for name in API:
        path = reverse(name, kwargs=dict.fromkeys(ROUTES[name][1], NUMBER))
        for method in API_METHODS:
            body = {"data": {"name": "Taken"}, "content_type": "application/json"}
            given = {} if method == "get" else body
            answer = getattr(client, method)(path, headers=headers, **given)
            told = f"{role} {method} {path}: {answer.status_code}"
            assert answer.status_code < 500, told
            assert SECRET.encode() not in answer.content, told
        assert facts() == before, name


@pytest.mark.django_db
def test_the_owner_is_shown_what_the_stranger_is_not(world: Customer, owner: Any) -> None:
    client = Client()
    client.force_login(owner)
    shown = [
        name
        for name in ("cockpit:customer", "customers:contact", "customers:edit", "orders:page")
        if SECRET.encode() in client.get(address(name)).content
    ]

    assert len(shown) == 4
