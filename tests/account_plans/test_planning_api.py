"""Certainty, actions, team and plan over the API, as owner and stranger ask."""

from typing import Any

import pytest

from mainstay.customers.todo.models import Task
from tests.account_plans.planning import rl
from tests.api import ApiClient

pytestmark = pytest.mark.django_db


def test_judged_planned_and_read(owner: Any) -> None:
    there = f"/key-accounts/{rl(owner).pk}"
    api = ApiClient(owner)
    judged = {"service": "Repairs", "kind": "need", "present": 1, "wanted": 3}

    cell = api.post(f"{there}/certainty", judged).json()
    line = api.post(f"{there}/actions/lines", {"person": "President", "roles": ["decider"]}).json()
    action = api.post(f"{there}/actions", {"title": "Call", "line_id": line["id"]}).json()
    table = api.get(f"{there}/actions").json()
    plan = api.get(f"{there}/plan").json()

    assert cell["effect"] == "improve"
    assert Task.objects.get(pk=action["task_id"]).title == "Call"
    assert [each["person"] for each in table["actions"]] == ["President"]
    assert plan["parts"][1]["blocks"][0]["text"] == (
        "Repairs: raise certainty of need from low to high."
    )
    assert plan["approved_at"] is None
    assert api.get(f"{there}/team").json() == {"members": []}


def test_what_does_not_fit_names_its_field(owner: Any) -> None:
    there, api = f"/key-accounts/{rl(owner).pk}", ApiClient(owner)

    for path, body, field in (
        ("certainty", {"service": "A", "kind": "mood"}, "kind"),
        ("actions", {"title": "A", "layer": "magic"}, "layer"),
        ("actions", {"title": "A", "line_id": 99}, "line_id"),
        ("actions/lines", {"person": "A", "ours": "nobody@example.com"}, "ours"),
    ):
        answer = api.post(f"{there}/{path}", body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field


def test_a_stranger_finds_nothing(owner: Any, stranger: Any) -> None:
    there, api = f"/key-accounts/{rl(owner).pk}", ApiClient(stranger)

    for path in ("certainty", "actions", "team", "plan"):
        assert api.get(f"{there}/{path}").status_code == 404
    assert api.post(f"{there}/certainty", {"service": "A", "kind": "need"}).status_code == 404
