"""Contracts: by hand, over the API, and what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mainstay.orders.models import Contract
from mainstay.records.models import AuditEvent
from tests.api import ApiClient, is_problem
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]
TYPED = {"starts": "2025-01-01", "ends": "2025-12-31", "yearly_minor": "1200.50", "renewed": "no"}


def test_a_contract_is_added_changed_and_taken_off(owner: Any, signed_in: SignedIn) -> None:
    CustomerFactory(name="Anna", owner=owner)
    client = signed_in(owner)

    client.post("/orders/contracts/add/", TYPED | {"customer": "Anna", "reference": "C-1"})
    row = Contract.objects.get()
    assert (row.yearly_minor, row.renewed, row.ends) == (120_050, False, date(2025, 12, 31))
    assert "C-1" in client.get("/orders/contracts/?q=ann").content.decode()

    url = f"/orders/contracts/{row.pk}/"
    client.post(url, TYPED | {"reference": "C-1", "renewed": "yes", "version": "1"})
    row.refresh_from_db()
    assert (row.renewed, row.version) == (True, 2)
    stale = client.post(url, TYPED | {"reference": "C-2", "version": "1"})
    assert "C-1" in stale.content.decode()

    client.post(url, {"remove": "1"})
    assert not Contract.objects.exists()
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["contract.added", "contract.changed", "contract.removed"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ends": "2024-12-31"}, "ends before it starts"),
        ({"yearly_minor": "-1"}, "greater than or equal to 0"),
        ({"yearly_minor": "1.005"}, "decimal places"),
        ({"customer": "Nobody"}, "No customer is called"),
        ({"customer": "Twice"}, "Several customers are called"),
        ({"reference": "C\x00"}, "ontrol"),
        ({"starts": ""}, "required"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(
    owner: Any, signed_in: SignedIn, wrong: dict[str, str], words: str
) -> None:
    CustomerFactory(name="Anna", owner=owner)
    CustomerFactory.create_batch(2, name="Twice", owner=owner)

    answer = signed_in(owner).post(
        "/orders/contracts/add/", TYPED | {"customer": "Anna", "reference": ""} | wrong
    )

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Contract.objects.exists()


def test_a_stranger_sees_no_contract(owner: Any, stranger: Any, signed_in: SignedIn) -> None:
    row = Contract.objects.create(
        customer=CustomerFactory(name="Anna", owner=owner), starts=date(2025, 1, 1)
    )
    client = signed_in(stranger)

    assert "Anna" not in client.get("/orders/contracts/").content.decode()
    assert client.get(f"/orders/contracts/{row.pk}/").status_code == 404


def test_a_batch_sent_again_changes_nothing(manager: Any) -> None:
    customer, api = CustomerFactory(), ApiClient(manager)
    rows = [
        {"customer_id": customer.pk, "reference": f"C-{n}", "starts": "2025-01-01"}
        for n in range(3)
    ]

    first = api.post("/contracts/batch", {"contracts": rows}).json()
    rows[0]["ends"] = "2025-06-30"
    second = api.post("/contracts/batch", {"contracts": rows}).json()

    assert first == {"added": 3, "changed": 0, "unchanged": 0}
    assert second == {"added": 0, "changed": 1, "unchanged": 2}
    assert len(api.get("/contracts").json()["items"]) == 3


def test_one_wrong_row_refuses_the_batch(manager: Any) -> None:
    api, good = ApiClient(manager), {"customer_id": CustomerFactory().pk, "starts": "2025-01-01"}

    for wrong in ({"customer_id": 999_999}, {"ends": "2024-01-01"}, {"yearly_minor": -5}):
        is_problem(api.post("/contracts/batch", {"contracts": [good, good | wrong]}), 422)

    assert not Contract.objects.exists()
