"""Cohorts over the API and on the command line."""

from typing import Any

import pytest
from django.core.management import call_command

from tests.api import ApiClient, is_problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
EARLY = {"name": "Early", "first": "2024-10-01", "last": "2025-03-20"}


def test_cells_are_told(run: Any, manager: Any, read_only: Any, capsys: Any) -> None:
    told = ApiClient(manager).get("/value/cohorts?period=quarter").json()
    seen = ApiClient(read_only).get("/value/cohorts").json()

    first = told["cells"][0]
    assert (first["age"], first["retention"]) == (0, 1.0)
    assert first["retention_low"] < 1.0
    assert first["margin_minor"] > 0
    assert seen["cells"][0]["margin_minor"] is None

    call_command("value", "cohorts")
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(told["cells"])


def test_own_cohorts_are_kept_and_counted(run: Any, manager: Any, owner: Any) -> None:
    api = ApiClient(manager)

    row = api.post("/value/cohorts/own", EARLY).json()
    overlap = api.post("/value/cohorts/own", EARLY | {"name": "Late"})
    cells = api.get("/value/cohorts?own=true&period=year").json()["cells"]

    assert (row["first"], row["last"]) == ("2024-10-01", "2025-03-01")
    assert "overlap" in is_problem(overlap, 422)["errors"][0]["message"]
    assert {cell["cohort"] for cell in cells} == {"2024-10-01"}
    path = f"/value/cohorts/own/{row['id']}"
    assert ApiClient(owner).post(path, EARLY, method="put").status_code == 404
    changed = api.post(path, EARLY | {"name": "Earlier"}, method="put").json()
    assert changed["name"] == "Earlier"
    assert api.post(path, {}, method="delete").status_code == 204
    assert api.get("/value/cohorts/own").json() == []


def test_growth_and_the_command_say_when_there_is_nothing(
    run: Any, manager: Any, read_only: Any, capsys: Any
) -> None:
    assert ApiClient(manager).get("/value/cohorts/growth").json()["steps"] == []
    is_problem(ApiClient(read_only).get("/value/cohorts/growth"), 403)

    call_command("value", "cohorts", "--growth")
    assert "Nobody has been a customer for two years yet." in capsys.readouterr().err


def test_without_a_run_both_say_so(manager: Any, capsys: Any) -> None:
    is_problem(ApiClient(manager).get("/value/cohorts"), 404)

    call_command("value", "cohorts")
    assert "Compute one: mainstay value run." in capsys.readouterr().err
