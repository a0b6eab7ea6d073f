"""Contacts, their places over time, and addresses over the API."""

from datetime import date
from typing import Any

import pytest

from mainstay.customers.models import Address, Affiliation, Contact
from mainstay.records.models import AuditEvent
from tests.api import ApiClient, is_problem
from tests.factories.customers import AffiliationFactory, CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(owner: Any) -> ApiClient:
    return ApiClient(owner)


def test_a_person_works_in_several_organisations_over_time(api: ApiClient, owner: Any) -> None:
    old, new = CustomerFactory(owner=owner), CustomerFactory(owner=owner)
    place = {"customer_id": old.pk, "position": "Buyer", "from_date": "2020-01-01"}

    added = api.post("/contacts", {"name": "Anna Łęcka", "places": [place]})
    path = f"/contacts/{added.json()['id']}"
    first = added.json()["places"][0]["id"]
    left = api.patch(f"{path}/places/{first}", {"to_date": "2024-12-31"})
    moved = api.post(f"{path}/places", {"customer_id": new.pk, "position": "Head of buying"})

    assert (added.status_code, left.status_code, moved.status_code) == (201, 200, 201)
    told = [(p["customer_id"], p["position"], p["to_date"]) for p in moved.json()["places"]]
    assert told == [(old.pk, "Buyer", "2024-12-31"), (new.pk, "Head of buying", None)]
    assert Affiliation.objects.get(pk=first).to_date == date(2024, 12, 31)
    at_old = api.get("/contacts", customer_id=old.pk).json()["items"]
    assert [contact["name"] for contact in at_old] == ["Anna Łęcka"]
    assert api.get("/contacts", search="lecka").json()["items"] == at_old
    is_problem(api.patch(f"{path}/places/{first}", {"from_date": "2025-01-01"}), 422)


def test_a_contact_is_changed_and_put_away(api: ApiClient, owner: Any) -> None:
    contact = AffiliationFactory(customer__owner=owner).contact
    path = f"/contacts/{contact.pk}"

    changed = api.patch(path, {"email": "anna@harrow.example", "version": 1})

    assert (changed.json()["email"], changed.json()["version"]) == ("anna@harrow.example", 2)
    is_problem(api.patch(path, {"name": "B", "version": 1}), 409)
    is_problem(api.patch(path, {"email": "nobody"}), 422)
    assert api.patch(path, {"archived": True}).json()["archived_at"]
    assert api.patch(path, {"archived": False}).json()["archived_at"] is None


def test_places_outside_ones_reach_are_neither_seen_nor_given(
    api: ApiClient, owner: Any, stranger: Any
) -> None:
    theirs = CustomerFactory(owner=stranger, team=stranger.team)
    contact = AffiliationFactory(customer__owner=owner).contact
    hidden = AffiliationFactory(contact=contact, customer=theirs)

    seen = api.get(f"/contacts/{contact.pk}").json()["places"]

    assert [place["customer_id"] for place in seen] != []
    assert theirs.pk not in [place["customer_id"] for place in seen]
    is_problem(api.patch(f"/contacts/{contact.pk}/places/{hidden.pk}", {"position": "X"}), 404)
    is_problem(api.post(f"/contacts/{contact.pk}/places", {"customer_id": theirs.pk}), 422)
    is_problem(api.post("/contacts", {"name": "Nobody's"}), 422)
    assert not Contact.objects.filter(name="Nobody's").exists()
    mine = AffiliationFactory(customer__owner=owner).contact
    assert ApiClient(stranger).get(f"/contacts/{mine.pk}").status_code == 404


def test_addresses_are_added_changed_and_taken_off(api: ApiClient, owner: Any) -> None:
    path = f"/customers/{CustomerFactory(owner=owner).pk}/addresses"

    added = api.post(path, {"kind": "billing", "street": "Long 1", "country": "pl"})
    one = f"{path}/{added.json()['id']}"
    changed = api.patch(one, {"city": "Łódź"})
    listed = api.get(path).json()["items"]

    assert (added.status_code, added.json()["country"]) == (201, "PL")
    assert (changed.json()["street"], changed.json()["city"]) == ("Long 1", "Łódź")
    assert listed == [changed.json()]
    is_problem(api.post(path, {"kind": "main"}), 422)
    is_problem(api.post(path, {"kind": "castle", "city": "X"}), 422)
    assert api.post(one, method="delete").json()["city"] == "Łódź"
    assert not Address.objects.exists()
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == {"customer.address_saved", "customer.address_removed"}


def test_addresses_of_strangers_do_not_exist(stranger: Any, owner: Any) -> None:
    path = f"/customers/{CustomerFactory(owner=owner).pk}/addresses"

    is_problem(ApiClient(stranger).get(path), 404)
    is_problem(ApiClient(stranger).post(path, {"city": "X"}), 404)


def test_contacts_cost_few_queries(
    api: ApiClient, owner: Any, django_assert_max_num_queries: Any
) -> None:
    for _each in range(12):
        AffiliationFactory(customer__owner=owner)

    with django_assert_max_num_queries(8):
        assert len(api.get("/contacts", limit=10).json()["items"]) == 10
