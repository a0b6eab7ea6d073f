"""Merging over the API."""

from typing import Any

import pytest

from tests.api import ApiClient
from tests.customers.merging.world import fresh, twins
from tests.factories.customers import InteractionFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_merging_reading_and_undoing(administrator: Any) -> None:
    kept, gone = twins()
    api = ApiClient(administrator)

    made = api.post("/merges", {"survivor_id": kept.pk, "merged_ids": [gone.pk]}).json()

    assert (made["survivor_id"], made["merged_ids"], made["origin"]) == (kept.pk, [gone.pk], "api")
    assert api.get(f"/customers/{gone.pk}").json()["merged_into"] == kept.pk
    assert api.get(f"/customers/{kept.pk}").json()["merged_into"] is None
    assert [each["id"] for each in api.get("/merges").json()["items"]] == [made["id"]]
    talk = InteractionFactory(customer=kept)
    refused = api.post(f"/merges/{made['id']}/undo", {})
    [conflict] = api.get(f"/merges/{made['id']}/conflicts").json()["items"]
    assert refused.status_code == 409
    assert [each["field"] for each in refused.json()["errors"]] == [conflict["key"]]
    assert conflict["options"] == ["keep", str(gone.pk)]
    decided = {"decisions": {conflict["key"]: str(gone.pk)}}
    assert api.post(f"/merges/{made['id']}/undo", decided).json()["undone_at"]
    assert fresh(talk).customer_id == gone.pk


def test_what_is_not_seen_is_not_merged(administrator: Any) -> None:
    kept, gone = twins()
    limited = UserFactory(role="manager", reach="own")
    body = {"survivor_id": kept.pk, "merged_ids": [gone.pk]}
    made = ApiClient(administrator).post("/merges", body).json()

    assert ApiClient(limited).get("/merges").json()["items"] == []
    assert ApiClient(limited).get(f"/merges/{made['id']}").status_code == 404
    assert ApiClient(limited).post(f"/merges/{made['id']}/undo").status_code == 404
    refused = ApiClient(limited).post("/merges", body)
    assert "not among those you may see" in refused.json()["errors"][0]["message"]
