"""Exports ordered on the page and over the API: made by the worker, kept for a week."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mainstay.project.moving import actions, places, reading, tasks
from mainstay.project.moving.choices import State
from mainstay.project.moving.models import Export
from mainstay.records.models import AuditEvent
from mainstay.shared import personal_data
from mainstay.shared.jobs.worker import Pace, Worker
from mainstay.shared.personal_data import Erasing, Subject
from tests.api import ApiClient
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]
PAGE = "/people/company/exports/"


def work() -> None:
    Worker(pace=Pace(backoff_seconds=-1)).drain()


def events() -> list[str]:
    found = AuditEvent.objects.filter(verb__startswith="export.").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_an_export_is_ordered_made_downloaded_and_deleted(
    administrator: Any, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)
    assert "No export yet" in client.get(PAGE).content.decode()

    client.post(f"{PAGE}order/", {"format": "csv"})
    again = client.post(f"{PAGE}order/", {"format": "csv"}, follow=True)
    assert "being made already" in again.content.decode()
    work()
    export = Export.objects.get()
    assert (export.state, export.kept_until) == (State.COMPLETE, NOW + timedelta(days=7))

    file = client.get(f"{PAGE}{export.pk}/file/")
    with zipfile.ZipFile(io.BytesIO(file.getvalue())) as archive:
        assert {"manifest.json", "tables/customers.csv"} <= set(archive.namelist())
    assert f"mainstay-2026-03-05-{export.pk}.zip" in file["Content-Disposition"]
    client.post(f"{PAGE}{export.pk}/delete/")
    assert client.get(f"{PAGE}{export.pk}/file/").status_code == 404
    assert not places.path_of(export.place).exists()
    assert events() == ["export.ordered", "export.made", "export.downloaded", "export.deleted"]


def test_a_program_orders_and_downloads(administrator: Any, manager: Any) -> None:
    api = ApiClient(administrator)
    ordered = api.post("/exports", {"format": "parquet"})
    assert (ordered.status_code, ordered.json()["state"]) == (202, "waiting")
    address = f"/exports/{ordered.json()['id']}"
    assert api.get(f"{address}/file").status_code == 409
    work()

    assert api.get(address).json()["state"] == "complete"
    assert api.get(f"{address}/file").getvalue().startswith(b"PK")
    assert ApiClient(manager).get(address).status_code == 403


@pytest.fixture
def made(administrator: Any) -> Path:
    export = actions.order(by=administrator, now=NOW)
    work()
    export.refresh_from_db()
    return places.path_of(export.place)


def test_files_go_after_a_week_and_when_somebody_is_erased(made: Path, administrator: Any) -> None:
    tasks.forget_exports.func()
    assert made.exists()

    nobody = Erasing(Subject(), (), by=administrator, now=NOW)
    assert personal_data.empty_places(nobody)["exports"] == 1
    assert not made.exists()
    assert Export.objects.get().state == State.GONE
    assert actions.delete_old(now=NOW + timedelta(days=8)) == 0


def test_a_cancelled_export_leaves_nothing(administrator: Any, monkeypatch: Any) -> None:
    def cancelled(*_args: Any, **_kwargs: Any) -> None:
        raise tasks.current.JobCancelled

    export = actions.order(by=administrator, now=NOW)
    monkeypatch.setattr(tasks, "_report", cancelled)
    with pytest.raises(tasks.current.JobCancelled):
        tasks.make_export.func(export_id=export.pk)

    export.refresh_from_db()
    assert (export.state, list(places.path_of("x").parent.iterdir())) == (State.CANCELLED, [])


def test_a_link_sets_a_password_after_a_move(administrator: Any) -> None:
    out = io.StringIO()
    call_command("user_link", administrator.email.upper(), stdout=out)
    assert "/people/join/" in out.getvalue()
    with pytest.raises(CommandError, match="Nobody signs in as x@"):
        call_command("user_link", "x@example.com")


@pytest.mark.django_db(transaction=True)
def test_everybody_works_on_meanwhile(administrator: Any) -> None:
    """The export sees one moment, and what it reads is locked for nobody."""
    from mainstay.customers.models import Tag
    from mainstay.project.moving.tables import TABLES

    tags = next(table for table in TABLES if table.name == "tags")
    Tag.objects.create(name="before")
    with reading.snapshot() as source:
        first = next(iter(reading.batches(source, tags)))
        Tag.objects.create(name="meanwhile")
        second = next(iter(reading.batches(source, tags)))

    assert first["name"].to_pylist() == second["name"].to_pylist() == ["before"]
    assert Tag.objects.count() == 2
