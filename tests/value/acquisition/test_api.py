"""New customers over the API and on the command line."""

from typing import Any

import pytest
from django.core.management import call_command

from mainstay.value.models import ChannelCost
from tests.api import ApiClient, is_problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
COST = {"channel": "Fair", "campaign": "Spring", "month": "2026-02-11", "amount_minor": 5_000}


def test_what_winning_costs_is_told(won: Any, fair: Any, manager: Any, capsys: Any) -> None:
    told = ApiClient(manager).get("/value/acquisition?months=12").json()

    assert (told["first_month"], told["last_month"]) == ("2025-03-01", "2026-02-01")
    assert (
        told["customers"]
        == sum(row["customers"] for row in told["channels"]) + (told["without_channel"])
    )
    row = next(row for row in told["channels"] if row["channel_id"] == fair.pk)
    assert row["cost_minor"] == 1_200_000
    assert row["cac"]["value"] == pytest.approx(1_200_000 / row["counted"])
    assert row["cac"]["low"] < row["cac"]["value"] < row["cac"]["high"]

    call_command("value", "acquisition")
    out = capsys.readouterr()
    assert out.out.startswith("group,name,customers")
    assert "\nchannel,Fair," in out.out
    assert "by no known channel" in out.err


def test_without_a_run_both_say_so(manager: Any, capsys: Any) -> None:
    is_problem(ApiClient(manager).get("/value/acquisition"), 404)

    call_command("value", "acquisition")
    assert "Compute one: mainstay value run." in capsys.readouterr().err


def test_channels_and_costs_are_kept(manager: Any) -> None:
    api = ApiClient(manager)

    channel = api.post("/value/acquisition/channels", {"name": "Web", "campaigns": ["Ads"]}).json()
    assert [one["name"] for one in channel["campaigns"]] == ["Ads"]
    path = f"/value/acquisition/channels/{channel['id']}"
    assert api.post(path, {"name": "Website"}, method="put").json()["name"] == "Website"

    told = api.post("/value/acquisition/costs/batch", {"costs": [COST, COST | {"campaign": ""}]})
    assert told.json() == {"added": 2, "changed": 0, "unchanged": 0}
    costs = api.get("/value/acquisition/costs?limit=1").json()
    assert costs["items"][0]["month"] == "2026-02-01"
    assert costs["next"]

    gone = api.post(f"/value/acquisition/costs/{costs['items'][0]['id']}", {}, method="delete")
    assert gone.status_code == 204
    assert ChannelCost.objects.count() == 1
    assert api.post(path, {}, method="delete").status_code == 204
    assert [row["name"] for row in api.get("/value/acquisition/channels").json()] == ["Fair"]


def test_a_wrong_cost_is_refused_and_nothing_written(manager: Any) -> None:
    api = ApiClient(manager)

    negative = {"costs": [COST, COST | {"amount_minor": -1}]}
    is_problem(api.post("/value/acquisition/costs/batch", negative), 422)
    blank = {"costs": [COST, COST | {"channel": "  "}]}
    is_problem(api.post("/value/acquisition/costs/batch", blank), 422)

    assert not ChannelCost.objects.exists()


def test_who_may_not_is_denied(owner: Any, read_only: Any) -> None:
    is_problem(ApiClient(read_only).get("/value/acquisition"), 403)
    is_problem(ApiClient(owner).post("/value/acquisition/costs/batch", {"costs": [COST]}), 403)
