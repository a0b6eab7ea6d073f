"""Conversations, tasks and preferences over the API: the same reach as on the screens."""

from typing import Any

import pytest

from mainstay.customers.talks import queries
from tests.api import ApiClient, is_problem
from tests.factories.customers import AffiliationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(owner: Any) -> Any:
    return AffiliationFactory(customer__owner=owner, customer__team=owner.team)


def test_a_conversation_is_noted_changed_and_kept_from_strangers(
    owner: Any, colleague: Any, stranger: Any, place: Any
) -> None:
    api, contact = ApiClient(owner), place.contact_id
    body = {
        "customer_id": place.customer_id,
        "channel": "call",
        "subject": "Samples",
        "body": "@Carl Colleague",
        "minutes": 12,
        "contact_ids": [contact],
        "users": [colleague.email],
    }

    made = api.post("/interactions", body).json()

    assert made["contact_ids"] == [contact]
    assert made["users"] == [owner.email, colleague.email]
    assert len(queries.unread(colleague, 9)) == 1
    changed = api.patch(f"/interactions/{made['id']}", {"outcome": "agreed", "archived": True})
    assert changed.json()["outcome"] == "agreed"
    assert changed.json()["archived_at"]
    assert changed.json()["users"] == made["users"]
    listed = ApiClient(colleague).get("/interactions", contact_id=contact).json()["items"]
    assert [each["id"] for each in listed] == [made["id"]]
    theirs = ApiClient(stranger)
    assert theirs.get("/interactions").json()["items"] == []
    is_problem(theirs.get(f"/interactions/{made['id']}"), 404)
    is_problem(theirs.post("/interactions", body), 422)
    assert is_problem(api.post("/interactions", body | {"contact_ids": [10**9]}), 422)["errors"]


def test_a_task_is_added_done_and_comes_again(owner: Any, stranger: Any, place: Any) -> None:
    api = ApiClient(owner)
    body = {"title": "Call", "customer_id": place.customer_id, "due_date": "2026-03-09"}

    made = api.post("/tasks", body | {"repeat_every": 1, "repeat_unit": "week"}).json()
    done = api.patch(f"/tasks/{made['id']}", {"state": "done", "version": 1}).json()

    assert (made["assignee"], done["state"], done["done_by"]) == (owner.email, "done", owner.email)
    assert len(api.get("/tasks", state="open").json()["items"]) == 1
    is_problem(api.patch(f"/tasks/{made['id']}", {"title": "X", "version": 1}), 409)
    is_problem(api.patch(f"/tasks/{made['id']}", {"state": "lost"}), 422)
    is_problem(ApiClient(stranger).get(f"/tasks/{made['id']}"), 404)
    is_problem(ApiClient(stranger).post("/tasks", body), 422)


def test_preferences_are_noted_and_read(owner: Any, stranger: Any, place: Any) -> None:
    path, api = f"/preferences/contacts/{place.contact_id}", ApiClient(owner)

    told = api.post(path, {"channel": "email", "wanted": ["Prices"]}, method="put").json()

    assert {each["question"]: (each["value"], each["origin"]) for each in told["answers"]} == {
        "channel": (["email"], "api"),
        "wanted": (["Prices"], "api"),
    }
    assert told["contacts_in_12_months"] == 0
    is_problem(api.post(path, {"channel": "telex"}, method="put"), 422)
    is_problem(ApiClient(stranger).get(path), 404)
