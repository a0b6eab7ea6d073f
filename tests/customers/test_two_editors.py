"""Two people edit an address, a place or tags: the second is told, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.customers import actions
from mainstay.customers.models import Address
from tests.api import ApiClient, is_problem
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db
TOLD = "Nothing of yours is lost"


@pytest.fixture
def client(owner: Any, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(owner)


@pytest.fixture
def harbour(owner: Any) -> Any:
    return CustomerFactory(owner=owner, name="Harbour")


def opened(client: Client, path: str) -> dict[str, Any]:
    """Return what the form holds when it is opened."""
    form = client.get(path).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def contested(client: Client, path: str, theirs: dict[str, Any], mine: dict[str, Any]) -> str:
    """Open twice, save theirs, then mine; return the page that tells, and save once more."""
    first, second = opened(client, path), opened(client, path)
    assert client.post(path, first | theirs).status_code == 302
    page = client.post(path, second | mine)
    assert page.status_code == 200
    again = {name: page.context["form"][name].value() or "" for name in second}
    assert client.post(path, again).status_code == 302
    return page.content.decode()


def test_an_address(client: Client, harbour: Any) -> None:
    address = Address.objects.create(customer=harbour, street="Quay 1", city="Leith")
    path = f"/customers/{harbour.pk}/addresses/{address.pk}/"

    page = contested(client, path, {"street": "Quay 2"}, {"street": "Quay 3"})

    assert TOLD in page
    assert "<td>Quay 2</td><td>Quay 3</td>" in page
    address.refresh_from_db()
    assert address.street == "Quay 3"


def test_a_place(client: Client, harbour: Any) -> None:
    place = AffiliationFactory(customer=harbour, position="Buyer")
    path = f"/customers/{harbour.pk}/places/{place.pk}/"

    page = contested(client, path, {"position": "Head"}, {"position": "Chief"})

    assert TOLD in page
    assert "<td>Head</td><td>Chief</td>" in page
    place.refresh_from_db()
    assert place.position == "Chief"


def test_tags(client: Client, harbour: Any) -> None:
    path = f"/customers/{harbour.pk}/tags/"

    page = contested(client, path, {"tags": "fair"}, {"tags": "key"})

    assert "<td>fair</td><td>key</td>" in page
    assert [tag.name for tag in harbour.tags.all()] == ["key"]


def test_tags_by_the_thousand_count_a_version_too(owner: Any, harbour: Any, now: Any) -> None:
    api, path = ApiClient(owner), f"/customers/{harbour.pk}"
    seen = api.get(path).json()

    actions.change_many(by=owner, now=now, kind="tag", value="fair", ids=[harbour.pk])

    is_problem(api.patch(path, {"tags": ["key"], "version": seen["version"]}), 409)
    assert api.get(path).json()["tags"] == ["fair"]


def test_over_the_api(owner: Any, harbour: Any) -> None:
    api = ApiClient(owner)
    address = api.post(f"/customers/{harbour.pk}/addresses", {"city": "Leith"}).json()
    contact = AffiliationFactory(customer=harbour).contact
    place = api.get(f"/contacts/{contact.pk}").json()["places"][0]

    for path, row, (mine, theirs) in (
        (f"/customers/{harbour.pk}/addresses/{address['id']}", address,
         ({"city": "Perth"}, {"city": "Wick"})),
        (f"/contacts/{contact.pk}/places/{place['id']}", place,
         ({"position": "Chief"}, {"position": "Head"})),
    ):  # fmt: skip
        assert api.patch(path, theirs | {"version": row["version"]}).status_code == 200
        is_problem(api.patch(path, mine | {"version": row["version"]}), 409)
        assert api.patch(path, mine).status_code == 200
