"""The buying centre over the API, as owner and stranger ask."""

from typing import Any

import pytest

from tests.account_plans.planning import people, rl
from tests.api import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(owner: Any) -> Any:
    return rl(owner)


@pytest.fixture
def there(account: Any) -> str:
    return f"/key-accounts/{account.pk}/buying-centre"


@pytest.fixture
def pair(owner: Any, account: Any, there: str) -> Any:
    """The lecture's president, and the purchasing manager who reports to them."""
    api, (buyer, _user, decider) = ApiClient(owner), people(account)
    top = api.post(f"{there}/people", {"contact_id": decider.contact.pk, "roles": ["decider"]})
    body = {"contact_id": buyer.contact.pk, "roles": ["buyer"], "goals": buyer.goals}
    below = api.post(f"{there}/people", body | {"reports_to_id": top.json()["id"], "support": -1})
    return top.json(), below.json()


def test_people_lines_and_gaps_are_told(owner: Any, there: str, pair: Any) -> None:
    api, (top, below) = ApiClient(owner), pair
    line = {"source_id": below["id"], "target_id": top["id"]}
    for _again in range(2):  # drawn twice is drawn once
        drawn = api.post(f"{there}/influences", line).json()

    found = api.get(there).json()

    assert drawn["influences"] == [top["id"]]
    assert [(each["name"], each["reports_to_id"]) for each in found["people"]] == [
        ("President", None),
        ("Purchasing manager", top["id"]),
    ]
    assert found["people"][1]["influences"] == [top["id"]]
    gaps = {each["kind"]: each for each in found["gaps"]}
    assert gaps["never_spoken"]["people"] == [top["id"], below["id"]]
    assert {each["role"] for each in found["gaps"] if each["kind"] == "role_given_to_nobody"} == {
        "initiator", "adviser", "approver", "user", "gatekeeper",
    }  # fmt: skip
    gone = api.post(f"{there}/influences", line | {"drawn": False}).json()
    assert gone["influences"] == []


def test_a_person_is_changed_once_and_taken_off(owner: Any, there: str, pair: Any) -> None:
    api, (top, below) = ApiClient(owner), pair
    change = {"support": 2, "version": 1}

    changed = api.post(f"{there}/people/{below['id']}", change, method="patch")
    late = api.post(f"{there}/people/{below['id']}", change, method="patch")
    circle = {"reports_to_id": below["id"]}
    refused = api.post(f"{there}/people/{top['id']}", circle, method="patch")
    api.post(f"{there}/people/{top['id']}/take-off", {})

    assert (changed.json()["support"], changed.json()["goals"]) == (2, below["goals"])
    assert late.status_code == 409
    assert "That would be a circle" in refused.json()["errors"][0]["message"]
    left = api.get(there).json()["people"]
    assert [(each["id"], each["reports_to_id"]) for each in left] == [(below["id"], None)]


def test_the_purchase_is_judged_and_roles_are_told(owner: Any, there: str) -> None:
    api = ApiClient(owner)
    hard = {"unit_value": 5, "risk": 5, "importance": 5, "product_new": 5, "frequency": 1}

    judged = api.post(f"{there}/complexity", {"factors": hard, "note": "Line two"}).json()

    assert (judged["value"], judged["word"], judged["judged"]) == (5.0, "high", 5)
    assert api.get(there).json()["complexity"]["note"] == "Line two"
    roles = api.get("/key-accounts/buying-centre/roles").json()["items"]
    assert {each["classic"] for each in roles if each["key"] == "champion"} == {"initiator"}


def test_what_does_not_fit_names_its_field(
    owner: Any, stranger: Any, account: Any, there: str, pair: Any
) -> None:
    api, (top, _below) = ApiClient(owner), pair
    foreign = people(rl(stranger))[0].contact.pk

    for path, body, field in (
        ("people", {"contact_id": foreign}, "contact"),
        ("people", {"contact_id": top["contact_id"]}, "contact"),
        ("people", {"contact_id": 1, "reports_to_id": 10**6}, "reports_to_id"),
        ("influences", {"source_id": top["id"], "target_id": 10**6}, "target_id"),
    ):
        answer = api.post(f"{there}/{path}", body)
        assert answer.status_code == 422, path
        assert answer.json()["errors"][0]["field"] == field
    body = {"roles": ["king"]}
    answer = api.post(f"{there}/people/{top['id']}", body, method="patch")
    assert answer.json()["errors"][0]["message"] == "Choose roles of the list."
    assert api.post(f"{there}/complexity", {"factors": {"mood": 1}}).status_code == 422


def test_a_stranger_finds_nothing(stranger: Any, there: str, pair: Any) -> None:
    api, place = ApiClient(stranger), f"{there}/people/{pair[0]['id']}"

    assert api.get(there).status_code == 404
    assert api.post(place, {"support": 2}, method="patch").status_code == 404
    assert api.post(f"{place}/take-off", {}).status_code == 404
