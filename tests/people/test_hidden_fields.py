"""What is kept from a role is met nowhere: every page, export and answer of the API is read.

A field that is published later comes along by itself, for the matrix makes a line of it.
"""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.customers.models import Customer
from mainstay.people.actions.reaches import follow_role
from tests.api import secret_of
from tests.factories.people import UserFactory
from tests.people import hidden_world as world
from tests.people.access_matrix import MATRIX, TOKEN
from tests.people.test_access_matrix import ROUTES, WALKED, address

PAGES = [name for name in WALKED if MATRIX[name] != TOKEN]
API = [name for name in WALKED if MATRIX[name] == TOKEN]
QUERIES = {
    "customers:list": "columns=email,phone,tax_number,city,country,industry,tags,channel,campaign",
    "customers:contacts": "columns=email,phone,language",
    "quality:worklist": "columns=detail,rule",
    "merging:compare": "subject=customer&record=1&record=2",
}
# The company's own list of channels and campaigns is no field of a customer.
CHANNELS = {"zqcustomeracquisitionchannel", "zqcustomeracquisitioncampaign"}
LISTED = {
    "capture:add",
    "value:channels",
    "value:channel",
    "value:campaign",
    "value:add_cost",
    "value:acquisition",
} | {
    "api:add_channel",
    "api:list_channels",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour(owner: Any) -> Customer:
    customer = world.make(owner)
    world.hide_everything()
    return customer


def met(answer: Any) -> list[str]:
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if text.startswith(b"PK"):
        book = ZipFile(BytesIO(text))
        text = b"".join(book.read(name) for name in book.namelist())
    return [each for each in world.canaries() if each.encode() in text]


def member(role: str, **known: Any) -> Any:
    """Return a member who came after the rules were set, as `add_user` makes one."""
    user = UserFactory.build(role=role, team=None, **known)
    follow_role(user)
    user.save()
    return user


def as_role(role: str, **known: Any) -> Client:
    client = Client()
    client.force_login(member(role, **known))
    return client


def test_no_page_shows_what_is_kept_from_the_role(harbour: Customer) -> None:
    client = as_role("manager")
    leaks = {}
    for name in PAGES:
        answer = client.get(f"{address(name)}?{QUERIES.get(name, '')}")
        assert answer.status_code < 500, name
        if found := set(met(answer)) - (CHANNELS if name in LISTED else set()):
            leaks[name] = found

    assert not leaks, leaks


def test_no_answer_of_the_api_holds_what_is_kept_from_the_role(harbour: Customer) -> None:
    client = Client()
    headers = {"Authorization": f"Bearer {secret_of(member('manager'))}"}
    leaks = {}
    for name in API:
        path = reverse(name, kwargs=dict.fromkeys(ROUTES[name][1], world.NUMBER))
        answer = client.get(path, headers=headers)
        assert answer.status_code < 500, name
        if found := set(met(answer)) - (CHANNELS if name in LISTED else set()):
            leaks[name] = found

    assert not leaks, leaks


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["customers:list", "customers:contacts", "quality:worklist"])
def test_no_export_holds_it(harbour: Customer, name: str, kind: str) -> None:
    answer = as_role("manager").post(f"{address(name)}?{QUERIES[name]}", {"export": kind})

    assert answer.status_code == 200
    assert met(answer) == []


def test_an_administrator_sees_what_the_others_do_not(harbour: Customer) -> None:
    client = as_role("administrator")
    shown = b"".join(
        client.get(f"{address(name)}?{QUERIES.get(name, '')}").content
        for name in ("cockpit:customer", "customers:contact", "customers:list", "merging:compare")
    )
    missed = {each for each in world.canaries() if each.encode() not in shown}

    assert missed == set()
