"""Board packs ordered on the page, over the API and on the command line."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mainstay.records.models import AuditEvent
from mainstay.shared import paper as shared_paper
from mainstay.shared.jobs.worker import Pace, Worker
from mainstay.value.board import actions, paper, tasks
from mainstay.value.models import BoardPack, RunState, ValueRun
from tests.api import ApiClient
from tests.factories.value import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignedIn = Callable[[Any], Client]


@pytest.fixture
def fake_paper(monkeypatch: Any) -> None:
    """Set no pages: what they look like is tested beside `paper`."""
    monkeypatch.setattr(paper, "pdf", lambda pack: b"%PDF " + pack["company"].encode())


@pytest.fixture
def few(db: None) -> ValueRun:
    """Return a run too small for anything but its counts."""
    from tests.factories.customers import CustomerFactory, SourceFactory
    from tests.factories.value import buy, computed_run

    buy(CustomerFactory(), NOW, 5000, of=SourceFactory())
    return computed_run()


def work() -> None:
    Worker(pace=Pace(backoff_seconds=-1)).drain()


@pytest.mark.usefixtures("fake_paper", "few")
def test_a_pack_is_ordered_made_and_downloaded(manager: Any, signed_in: SignedIn) -> None:
    client = signed_in(manager)

    answer = client.post("/value/board-packs/make/", {"language": "pl"}, follow=True)
    assert "Waiting" in answer.content.decode()
    work()
    pack = BoardPack.objects.get()

    assert (pack.state, pack.language) == (RunState.COMPLETE, "pl")
    assert "Complete" in client.get("/value/board-packs/").content.decode()
    file = client.get(f"/value/board-packs/{pack.pk}/pdf/")
    assert file["Content-Type"] == "application/pdf"
    assert "board-pack-2026-03-05-pl.pdf" in file["Content-Disposition"]
    assert file.content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(verb="board_pack.ordered").count() == 1


@pytest.mark.usefixtures("fake_paper", "few")
def test_a_pack_is_its_makers_alone(manager: Any, analyst: Any, signed_in: SignedIn) -> None:
    pack = actions.order_pack(by=manager, language="en", now=NOW)
    work()

    client = signed_in(analyst)
    assert client.get(f"/value/board-packs/{pack.pk}/pdf/").status_code == 404
    assert ApiClient(analyst).get(f"/value/board-packs/{pack.pk}").status_code == 404


def test_without_a_run_the_page_says_what_to_do(manager: Any, signed_in: SignedIn) -> None:
    client = signed_in(manager)

    assert "No value run yet" in client.get("/value/board-packs/").content.decode()
    answer = client.post("/value/board-packs/make/", {"language": "en"}, follow=True)
    assert "Compute one first" in answer.content.decode()
    assert not BoardPack.objects.exists()


@pytest.mark.usefixtures("few")
def test_a_pack_without_fonts_fails_with_the_reason(
    manager: Any, monkeypatch: Any, tmp_path: Path, signed_in: SignedIn
) -> None:
    monkeypatch.setattr(shared_paper, "FONTS", tmp_path)

    actions.order_pack(by=manager, language="en", now=NOW)
    work()

    assert BoardPack.objects.get().state == RunState.FAILED
    assert "make assets" in signed_in(manager).get("/value/board-packs/").content.decode()


@pytest.mark.usefixtures("few")
def test_a_cancelled_job_leaves_a_cancelled_pack(manager: Any, monkeypatch: Any) -> None:
    pack = actions.order_pack(by=manager, language="en", now=NOW)

    def stop(**_told: Any) -> None:
        raise tasks.current.JobCancelled

    monkeypatch.setattr(tasks.current, "report", stop)
    with pytest.raises(tasks.current.JobCancelled):
        tasks.make_pack.call(pack_id=pack.pk)

    pack.refresh_from_db()
    assert pack.state == RunState.CANCELLED


@pytest.mark.usefixtures("fake_paper", "few")
def test_only_the_newest_packs_of_a_person_are_kept(manager: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "KEPT", 2)
    made = [actions.order_pack(by=manager, language="en", now=NOW).pk for _turn in range(3)]

    work()

    assert list(BoardPack.objects.order_by("pk").values_list("pk", flat=True)) == made[1:]


@pytest.mark.usefixtures("fake_paper", "few")
def test_a_pack_over_the_api(manager: Any) -> None:
    api = ApiClient(manager)

    pack = api.post("/value/board-packs", {"language": "ru"})
    assert pack.status_code == 201
    number = pack.json()["id"]
    assert api.get(f"/value/board-packs/{number}/pdf").status_code == 409
    work()

    assert api.get(f"/value/board-packs/{number}").json()["state"] == "complete"
    assert api.get(f"/value/board-packs/{number}/pdf").content.startswith(b"%PDF")
    refused = api.post("/value/board-packs", {"language": "xx"})
    assert refused.status_code == 422
    assert "Known: en, pl, ru, zh-hans" in refused.json()["detail"]


@pytest.mark.usefixtures("fake_paper")
def test_the_command_writes_the_file_or_says_why_not(few: ValueRun, tmp_path: Path) -> None:
    out = StringIO()
    file = tmp_path / "pack.pdf"

    call_command("value", "board-pack", "--out", str(file), stdout=out)

    assert file.read_bytes().startswith(b"%PDF")
    assert out.getvalue().startswith(str(file))
    with pytest.raises(CommandError, match="Cannot write"):
        call_command("value", "board-pack", "--out", str(tmp_path), stdout=out)
    few.delete()
    with pytest.raises(CommandError, match="Compute one first"):
        call_command("value", "board-pack", "--out", str(file), stdout=out)
