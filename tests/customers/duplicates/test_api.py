"""Searches and thresholds over the API: for whom, one at a time, never over another's edit."""

from typing import Any

import pytest

from mainstay.customers.duplicates.models import Scan
from mainstay.shared.jobs.worker import Pace, Worker
from tests.api import ApiClient
from tests.customers.duplicates.operations import BODIES
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
HERE = "/duplicates"


def test_a_search_is_started_once_made_and_read(manager: Any) -> None:
    for name in ("Nova Logistyka Sp. z o.o.", "NOVA LOGISTYKA"):
        CustomerFactory(name=name, tax_number="5260001246")
    api = ApiClient(manager)

    made = api.post(f"{HERE}/scans", {"reach": "everything"}).json()
    refused = api.post(f"{HERE}/scans", {})
    Worker(pace=Pace(backoff_seconds=-1)).drain()

    assert (made["state"], made["started_by"]) == ("waiting", manager.email)
    assert refused.status_code == 409
    assert "is under way" in refused.json()["detail"]
    read = api.get(f"{HERE}/scans/{made['id']}").json()
    assert (read["state"], read["counts"]["organisation"]["new"]) == ("complete", 1)
    assert [each["id"] for each in api.get(f"{HERE}/scans").json()["items"]] == [made["id"]]
    assert api.get(f"{HERE}/scans/77").status_code == 404


def test_thresholds_are_set_and_never_over_another_edit(manager: Any) -> None:
    api, path = ApiClient(manager), f"{HERE}/thresholds"
    body = BODIES[path]
    assert api.get(path).json()["version"] == 1

    first = api.post(path, body, method="put").json()
    api.post(path, body | {"ask_from": 0.6}, method="put")
    late = api.post(path, body | {"version": first["version"]}, method="put")
    crossed = api.post(path, body | {"merge_from": 0.4}, method="put")

    assert late.status_code == 409
    assert "the same or a higher one" in crossed.json()["errors"][0]["message"]
    assert api.get(path).json() == body | {"ask_from": 0.6, "version": 2}


def test_who_may_not_search_reads_and_starts_nothing(owner: Any) -> None:
    api = ApiClient(owner)

    for path in ("/scans", "/scans/1", "/thresholds"):
        assert api.get(HERE + path).status_code == 403
    assert api.post(f"{HERE}/scans", {}).status_code == 403
    assert (
        api.post(f"{HERE}/thresholds", BODIES[f"{HERE}/thresholds"], method="put").status_code
        == 403
    )
    assert not Scan.objects.exists()
