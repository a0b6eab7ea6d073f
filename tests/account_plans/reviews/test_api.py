"""Reviews over the API, as the owner and a stranger ask for them."""

from typing import Any

import pytest

from tests.account_plans.planning import rl
from tests.api import ApiClient
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_reviews_as_json(owner: Any, stranger: Any) -> None:
    there = f"/key-accounts/{rl(owner).pk}/reviews"
    api = ApiClient(owner)
    body = {"held_on": TODAY.isoformat(), "ours": [owner.email], "others": ["M. Novak"]}
    decision = {"title": "Send it", "assignee": owner.email, "due_date": "2026-04-01"}

    made = api.post(there, body).json()
    one = f"{there}/{made['id']}"
    decided = api.post(f"{one}/decisions", decision).json()
    early = api.post(f"{one}/decisions", decision | {"due_date": "2020-01-01"})
    noted = api.patch(one, {"minutes": "Well.", "held": True}).json()

    assert [each["name"] for each in made["participants"]] == [owner.name, "M. Novak"]
    assert {each["key"] for each in made["agenda"]} >= {"overdue", "open"}
    assert (decided["state"], decided["agreed_due_date"]) == ("overdue", "2026-04-01")
    assert early.json()["errors"][0]["field"] == "due_date"
    assert (noted["stage"], noted["minutes"]) == ("held", "Well.")
    assert len(api.get(there).json()["items"]) == 1
    assert api.post(there, body | {"ours": ["x@example.com"]}).status_code == 422
    assert ApiClient(stranger).get(one).status_code == 404
