"""Files of imports are kept so long, shown to those who may see them, then deleted."""

from datetime import timedelta
from typing import Any

import pytest

from mainstay.customers.imports import storage
from mainstay.customers.imports.models import Import, State
from mainstay.customers.imports.retention import actions, queries
from mainstay.people.actions import change_company
from mainstay.records.models import AuditEvent
from tests.customers.imports.conftest import Importer

pytestmark = pytest.mark.django_db

FILE = "number,name,email\n1,Anna,anna@harrow.example\n2,Bob,nobody\n"
DAYS = timedelta(days=30)


@pytest.fixture
def row(imported: Importer, manager: Any) -> Import:
    found = imported("customers", FILE, by=manager)
    assert found.refused == 1
    return found


def status(client: Any, row: Import) -> int:
    """Return what asking for the list answers; read to its end, the file is closed."""
    answer = client.get(f"/import/{row.pk}/refused/")
    b"".join(answer)
    return int(answer.status_code)


def listed(client: Any) -> bool:
    return "given.csv" in client.get("/import/refused/").content.decode()


def test_the_list_vanishes_on_its_day(row: Import, manager: Any, signed_in: Any) -> None:
    client, done = signed_in(manager), row.finished_at
    assert done is not None
    assert listed(client)
    assert status(client, row) == 200

    assert actions.delete_old_files(now=done + DAYS) == 0
    assert actions.delete_old_files(now=done + DAYS + timedelta(seconds=1)) == 1

    assert not storage.folder(row.folder).exists()
    assert not listed(client)
    assert status(client, row) == 404
    assert "The list was deleted on" in client.get(f"/import/{row.pk}/").content.decode()
    event = AuditEvent.objects.get(verb="import.files_deleted")
    assert event.old == {"file": "given.csv", "refused": 1}
    assert actions.delete_old_files(now=done + 2 * DAYS) == 0
    row.refresh_from_db()
    assert (row.state, row.refused) == (State.DONE, 1)


def test_the_company_says_how_long(row: Import, administrator: Any, now: Any) -> None:
    change_company(by=administrator, now=now, keep_import_days=7)
    assert row.finished_at is not None

    assert queries.kept_until(row) == row.finished_at + timedelta(days=7)
    change = AuditEvent.objects.get(verb="company.changed")
    assert (change.old, change.new) == ({"keep_import_days": 30}, {"keep_import_days": 7})


def test_who_sees_only_some_customers_sees_only_their_own_imports(
    row: Import, manager: Any, analyst: Any, read_only: Any, signed_in: Any
) -> None:
    assert status(signed_in(analyst), row) == 200, "may import, sees all customers"

    analyst.reach = "team"
    analyst.save()

    assert status(signed_in(analyst), row) == 404
    assert signed_in(analyst).get(f"/import/{row.pk}/").status_code == 404
    assert not listed(signed_in(analyst))
    manager.reach = "own"
    manager.save()
    assert status(signed_in(manager), row) == 200, "began it"
    assert status(signed_in(read_only), row) == 403


def test_an_upload_that_nobody_went_on_with_is_deleted(
    imported: Importer, manager: Any, signed_in: Any, now: Any
) -> None:
    row = imported("customers", FILE, by=manager, dry_run=True)
    assert row.state == State.CHECKED
    client = signed_in(manager)

    actions.delete_old_files(now=now + 2 * DAYS)

    row.refresh_from_db()
    assert (row.state, row.sample) == (State.CANCELLED, [])
    shown = client.get(f"/import/{row.pk}/").content.decode()
    assert "Its file was deleted" in shown
    assert "Choose the file again" in shown
    answer = client.post(f"/import/{row.pk}/run/", follow=True).content.decode()
    assert "Choose it again" in answer
    assert not Import.objects.exclude(state=State.CANCELLED).exists()


def test_an_empty_register_says_what_comes_here(manager: Any, signed_in: Any) -> None:
    assert "No refused rows" in signed_in(manager).get("/import/refused/").content.decode()
