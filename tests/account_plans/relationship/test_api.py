"""The relationship over the API, as owner, colleague and stranger ask."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from mainstay.account_plans.relationship.models import Rating
from tests.account_plans.planning import people, rl
from tests.account_plans.workspace.worlds import key_account
from tests.api import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(owner: Any) -> Any:
    return rl(owner)


@pytest.fixture
def there(account: Any) -> str:
    return f"/key-accounts/{account.pk}/relationship"


def trust(value: int | None, **more: str) -> dict[str, Any]:
    return {"criterion": "trust", "value": value, **more}


def view(answer: Any, key: str = "trust") -> Any:
    return next(each for each in answer.json()["criteria"] if each["key"] == key)


def test_both_views_stand_beside_each_other(
    owner: Any, colleague: Any, account: Any, there: str, clock: Any
) -> None:
    api = ApiClient(owner)
    api.post(f"{there}/ratings", trust(5, evidence="Mail of May"))
    again = api.post(f"{there}/ratings", trust(5, evidence="Mail of May"))
    ApiClient(colleague).post(f"{there}/ratings", trust(3))
    contact = people(account)[0].contact.pk
    invited = api.post(f"{there}/invitations", {"contact_id": contact, "language": "pl"}).json()
    Client().post(invited["link"], {"value_trust": "2", "note_trust": "Late parts."})

    found = view(api.get(there))
    told = api.get(f"{there}/ratings/trust").json()["items"]
    guest = api.get(f"{there}/invitations").json()["items"][0]

    assert again.status_code == 201
    assert Rating.objects.count() == 3  # the same again is no new rating
    assert found["ours"] == {
        "n": 2, "mean": 4.0, "lowest": 3.0, "highest": 5.0, "deviation": pytest.approx(2**0.5),
        "word": "high", "is_disputed": True,
    }  # fmt: skip
    assert (found["theirs"]["mean"], found["gap"], found["days"]) == (2.0, 2.0, 0)
    assert [(each["side"], each["by"], each["value"]) for each in told] == [
        ("theirs", "Purchasing manager", 2),
        ("ours", "Carl Colleague", 3),
        ("ours", "Olga Owner", 5),
    ]
    assert guest["answered_at"] is not None


def test_diagnosis_and_level_are_kept_with_their_reason(owner: Any, there: str) -> None:
    api = ApiClient(owner)
    marks = dict.fromkeys(("horizon", "focus", "task", "bond", "price"), 5)

    api.post(f"{there}/diagnosis", {"answers": marks, "note": "As agreed."})
    api.post(f"{there}/level", {"now": "reactive", "wanted": "partnership", "why": "It grows."})
    found = api.get(there).json()

    assert (found["diagnosis"]["side"], found["diagnosis"]["relational"]) == ("relational", 5)
    assert (found["level"]["wanted"], found["level"]["why"]) == ("partnership", "It grows.")


def test_two_accounts_are_compared(owner: Any, stranger: Any, there: str) -> None:
    api, other = ApiClient(owner), key_account(owner, "G")
    api.post(f"{there}/ratings", trust(5))
    api.post(f"/key-accounts/{other.pk}/relationship/ratings", trust(1))

    found = api.get(f"{there}/comparison/{other.pk}")

    assert (view(found)["one"]["word"], view(found)["other"]["word"]) == ("high", "low")
    assert (found.json()["one"]["value"], found.json()["other"]["value"]) == (1.0, 0.0)
    foreign = key_account(stranger, "Foreign")
    assert api.get(f"{there}/comparison/{foreign.pk}").status_code == 404


def test_criteria_are_worded_and_what_does_not_fit_names_its_field(
    owner: Any, account: Any, there: str, now: datetime
) -> None:
    api = ApiClient(owner)
    words = {"low": "little", "middle": "some", "high": "much"}
    api.post("/key-accounts/relationship/criteria", words | {"key": "trust", "name": "Confidence"})
    api.post("/key-accounts/relationship/criteria", words | {"name": "Values", "direction": 1})

    names = [
        each["name"] for each in api.get("/key-accounts/relationship/criteria").json()["items"]
    ]
    assert names[5] == "Confidence"
    assert names[-1] == "Values"
    for path, body, field in (
        ("ratings", trust(None), "value"),
        ("ratings", trust(6), "value"),
        ("invitations", {"contact_id": 10**6}, "contact"),
        ("invitations", {"contact_id": 1, "language": "tlh"}, "language"),
        ("level", {"now": "friends", "wanted": "basic", "why": "A"}, "now"),
    ):
        answer = api.post(f"{there}/{path}", body)
        assert answer.status_code == 422, path
        assert field in answer.json()["errors"][0]["field"]
    assert api.post(f"{there}/ratings", {"criterion": "mood", "value": 1}).status_code == 422
    assert api.post(f"{there}/diagnosis", {"answers": {"mood": 1}}).status_code == 422
    assert api.get(f"{there}/ratings/mood").status_code == 404


def test_a_stranger_finds_nothing_and_who_reads_writes_nothing(
    owner: Any, stranger: Any, read_only: Any, account: Any, there: str
) -> None:
    contact = people(account)[0].contact.pk
    made = ApiClient(owner).post(f"{there}/invitations", {"contact_id": contact}).json()
    strange = ApiClient(stranger)

    for path in ("", "/ratings/trust", "/invitations"):
        assert strange.get(there + path).status_code == 404
    withdraw = f"{there}/invitations/{made['id']}/withdraw"
    assert strange.post(withdraw, {}).status_code == 404
    assert ApiClient(read_only).post(f"{there}/ratings", trust(1)).status_code in (403, 404)
    assert Client().get(made["link"]).status_code == 200
    ApiClient(owner).post(withdraw, {})
    assert Client().get(made["link"]).status_code == 404
    assert not Rating.objects.exists()
