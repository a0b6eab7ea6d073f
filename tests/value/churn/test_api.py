"""Lost customers for programs: the API and the command."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mainstay.records.models import AuditEvent
from mainstay.value.models import LossNote, LossRule, LostCustomer, RetentionCase, RunPart
from tests.api import ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CASE = {
    "name": "Calls",
    "cost_once_minor": 10_000,
    "points_low": 0.0,
    "points": 0.02,
    "points_high": 0.05,
}


def test_losses_and_what_they_cost(noted: Any, analyst: Any, read_only: Any) -> None:
    told = ApiClient(analyst).get("/value/churn").json()

    year = RunPart.objects.get(key="churn").content["year"]
    assert told["year"]["lost"] == year["lost"] <= sum(row["lost"] for row in told["reasons"])
    assert told["cost"]["lost_times_value_minor"] == round(year["lost_minor"])
    assert told["gains"][0]["worth_minor"]["low"] < told["gains"][0]["worth_minor"]["high"]
    assert {row["key"] for row in told["reasons"]} == {"competition", "none"}
    plain = ApiClient(read_only).get("/value/churn").json()
    assert (plain["cost"], plain["gains"]) == (None, [])
    assert plain["months"][-1]["lost_minor"] is None


def test_losses_are_listed_and_narrowed_to_what_one_may_see(
    noted: Any, owner: Any, stranger: Any, read_only: Any
) -> None:
    api = ApiClient(owner)
    month = f"?lost_from={noted.lost_on}&lost_until={noted.lost_on}"

    rows = api.get(f"/value/churn/losses{month}&reason=competition").json()["items"]

    assert [row["customer_id"] for row in rows] == [noted.customer_id]
    assert rows[0]["yearly_minor"] == noted.yearly_minor
    none = api.get(f"/value/churn/losses{month}&reason=none").json()["items"]
    assert noted.customer_id not in {row["customer_id"] for row in none}
    everything = api.get("/value/churn/losses?limit=500").json()["items"]
    assert len(everything) == LostCustomer.objects.count()
    assert ApiClient(stranger).get("/value/churn/losses").json()["items"] == []
    hidden = ApiClient(read_only).get(f"/value/churn/losses{month}").json()["items"]
    assert {row["yearly_minor"] for row in hidden} == {None}


def test_the_command_tells_the_same(noted: Any, capsys: Any) -> None:
    call_command("value", "churn")
    header, *rows = capsys.readouterr().out.splitlines()
    content = RunPart.objects.get(key="churn").content
    assert header.startswith("month,customers,lost,lost_minor")
    assert len(rows) == len(content["months"])

    call_command("value", "churn", "--cost")
    assert json.loads(capsys.readouterr().out)["year"]["lost"] == content["year"]["lost"]

    call_command("value", "churn", "--weigh", "100,0,0,2,5")
    told = json.loads(capsys.readouterr().out)
    assert told["cost_minor"] == 10_000
    assert told["net_minor"]["low"] == -10_000

    for wrong in ("1,2", "a,b,c,d,e", "-1,0,0,1,2", "1,0,3,2,1"):
        with pytest.raises(CommandError):
            call_command("value", "churn", "--weigh", wrong)


def test_without_a_run_programs_are_told_what_to_do(api: ApiClient, capsys: Any) -> None:
    assert "No value run has counted losses" in api.get("/value/churn").json()["detail"]
    assert api.get("/value/churn/losses").json()["items"] == []

    call_command("value", "churn")

    assert "mainstay value run" in capsys.readouterr().err


def test_the_rule_is_set(api: ApiClient) -> None:
    assert api.post("/value/churn/rule", {"kind": "silence", "k": 4}, method="put").json()["k"] == 4

    for wrong in ({"k": 0}, {"k": -1}, {"k": 1, "floor_days": 9}, {"threshold": 0}, {"kind": "?"}):
        answer = api.post("/value/churn/rule", {"kind": "silence"} | wrong, method="put")
        assert answer.status_code == 422, wrong
    assert LossRule.objects.get().k == 4
    assert AuditEvent.objects.filter(verb="loss_rule.changed").count() == 1


def test_reasons_are_added_and_noted(customers: Any, owner: Any, api: ApiClient) -> None:
    mine = ApiClient(owner)
    added = api.post("/value/churn/reasons", {"name": "Moved abroad"}, key="one").json()
    assert added in api.get("/value/churn/reasons").json()
    address = f"/value/churn/customers/{customers[0].pk}/notes"

    told = mine.post(address, {"reason": added["key"], "noted_on": "2026-01-01"})

    assert told.status_code == 201
    assert LossNote.objects.get().reason == added["key"]
    for wrong in ({"reason": "weather"}, {"noted_on": "2027-01-01"}, {"text": "\u0000"}):
        fine = {"reason": "moved", "noted_on": "2026-01-01"}
        assert mine.post(address, fine | wrong).status_code in {400, 422}


def test_a_stranger_notes_nothing(customers: Any, stranger: Any) -> None:
    answer = ApiClient(stranger).post(
        f"/value/churn/customers/{customers[0].pk}/notes",
        {"reason": "moved", "noted_on": "2026-01-01"},
    )

    assert answer.status_code == 404


def test_cases_are_weighed_and_changed(run: Any, api: ApiClient) -> None:
    made = api.post("/value/churn/cases", CASE).json()
    assert made["answer"]["cost_minor"] == 10_000
    assert made["answer"]["break_even_points"] > 0

    dearer = CASE | {"cost_yearly_minor": 10**12}
    changed = api.post(f"/value/churn/cases/{made['id']}", dearer, method="put").json()

    assert changed["version"] == 2
    assert changed["answer"]["break_even_points"] is None
    assert [row["id"] for row in api.get("/value/churn/cases").json()] == [made["id"]]


@pytest.mark.parametrize(
    "wrong", [{"points": 0.5}, {"cost_once_minor": -1}, {"cost_once_minor": 10**18}, {"name": ""}]
)
def test_a_case_that_cannot_be_is_refused(api: ApiClient, wrong: Any) -> None:
    assert api.post("/value/churn/cases", CASE | wrong).status_code in {400, 422}
    assert not RetentionCase.objects.exists()


def test_who_may_not_edit_is_refused(read_only: Any) -> None:
    api = ApiClient(read_only)

    assert api.post("/value/churn/cases", CASE).status_code == 403
    assert api.post("/value/churn/rule", {"kind": "silence"}, method="put").status_code == 403
    assert api.get("/value/churn/cases").status_code == 403
