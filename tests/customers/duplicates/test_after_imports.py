"""An import of customers is followed by a search, and its page says what that found."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from mainstay.customers.duplicates import queries
from mainstay.customers.duplicates.models import Pair, Scan, Thresholds
from mainstay.customers.imports.models import Import
from mainstay.shared.jobs.worker import Pace, Worker
from tests.customers.imports.conftest import imported
from tests.customers.imports.test_views import upload
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
__all__ = ["imported"]
FILE = "id;name;tax number\n1;NOVA LOGISTYKA;PL5260001246\n2;Huta Katowice S.A.;\n"


@pytest.fixture(autouse=True)
def known() -> Any:
    return CustomerFactory(name="Nova Logistyka Sp. z o.o.", tax_number="526-000-12-46")


def _work() -> None:
    Worker(pace=Pace(backoff_seconds=-1)).drain()


def test_an_import_says_how_many_duplicates_it_brought(
    manager: Any, signed_in: Callable[[Any], Client], known: Any
) -> None:
    client = signed_in(manager)
    page = upload(client, FILE).url
    number = Import.objects.get().pk

    client.post(f"/import/{number}/check/")
    _work()
    assert not Scan.objects.exists()
    client.post(f"/import/{number}/run/")
    _work()

    [pair] = Pair.objects.all()
    assert known.pk in (pair.left_id, pair.right_id)
    scan = Scan.objects.get()
    assert (scan.imported_by_id, scan.started_by) == (number, manager)
    shown = client.get(page).content.decode()
    assert "found 1 new probable duplicate." in shown
    assert 'href="/customers/merges/">Review them' in shown


def test_until_the_search_is_made_the_page_says_so(
    imported: Any, manager: Any, signed_in: Callable[[Any], Client]
) -> None:
    row = imported("customers", FILE, by=manager)

    shown = signed_in(manager).get(f"/import/{row.pk}/").content.decode()

    assert "Mainstay is looking for duplicates of what this import brought." in shown
    assert f'href="/customers/duplicates/{Scan.objects.get().pk}/"' in shown


def test_nothing_new_needs_no_search(imported: Any) -> None:
    imported("customers", FILE)
    Scan.objects.all().delete()

    imported("customers", FILE)

    assert not Scan.objects.exists()


def test_a_company_may_do_without(imported: Any, manager: Any, signed_in: Any) -> None:
    Thresholds.objects.create(after_imports=False)

    row = imported("customers", FILE, by=manager)

    assert queries.brought_by(row) == (None, 0)
    shown = signed_in(manager).get(f"/import/{row.pk}/").content.decode()
    assert "No search for duplicates followed this import." in shown


def test_the_command_says_it_too(tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "list.csv"
    path.write_text(FILE)

    call_command("import", "customers", str(path), source="Shop")

    assert "Mainstay is looking for duplicates" in capsys.readouterr().out
