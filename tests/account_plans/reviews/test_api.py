"""Reviews over the API, as the owner and a stranger ask for them."""

from datetime import timedelta
from typing import Any

import pytest

from mainstay.account_plans.action_plans import actions as action_plans
from tests.account_plans.planning import rl
from tests.api import ApiClient
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_reviews_as_json(owner: Any, stranger: Any) -> None:
    account = rl(owner)
    late = {"title": "Late", "due_date": TODAY - timedelta(days=7)}
    action_plans.plan(by=owner, now=NOW, account=account, values=late)
    there = f"/key-accounts/{account.pk}/reviews"
    api = ApiClient(owner)
    body = {"held_on": TODAY.isoformat(), "ours": [owner.email], "others": ["M. Novak"]}
    decision = {"title": "Send it", "assignee": owner.email, "due_date": "2026-04-01"}

    made = api.post(there, body).json()
    one = f"{there}/{made['id']}"
    decided = api.post(f"{one}/decisions", decision).json()
    early = api.post(f"{one}/decisions", decision | {"due_date": "2020-01-01"})
    noted = api.patch(one, {"minutes": "Well.", "held": True}).json()

    assert [each["name"] for each in made["participants"]] == [owner.name, "M. Novak"]
    assert {each["key"] for each in made["agenda"]} >= {"overdue"}
    assert (decided["state"], decided["agreed_due_date"]) == ("overdue", "2026-04-01")
    assert early.json()["errors"][0]["field"] == "due_date"
    assert (noted["stage"], noted["minutes"]) == ("held", "Well.")
    assert len(api.get(there).json()["items"]) == 1
    assert api.post(there, body | {"ours": ["x@example.com"]}).status_code == 422
    assert ApiClient(stranger).get(one).status_code == 404
