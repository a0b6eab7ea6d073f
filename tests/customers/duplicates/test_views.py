"""Pages of the searches for duplicates: empty, running, complete, refused."""

from typing import Any

import pytest

from mainstay.customers.duplicates import actions, queries, tasks
from mainstay.customers.duplicates.models import Reach, Scan
from tests.factories.customers import CustomerFactory
from tests.factories.value import NOW

pytestmark = pytest.mark.django_db
HERE = "/customers/duplicates/"


@pytest.fixture
def page(signed_in: Any, owner: Any) -> Any:
    owner.role = "manager"
    owner.save()
    return signed_in(owner)


def test_before_the_first_search_the_page_says_what_to_do(page: Any) -> None:
    assert "Nobody has looked for duplicates yet" in page.get(HERE).content.decode()


def test_a_search_is_started_waits_and_is_cancelled(page: Any) -> None:
    answer = page.post(f"{HERE}start/", {"reach": "everything"})

    scan = Scan.objects.get()
    assert answer["Location"] == f"{HERE}{scan.pk}/"
    assert "Cancel the search" in page.get(answer["Location"]).content.decode()
    page.post(f"{HERE}start/", {"reach": "everything"})
    assert "is under way" in page.get(HERE).content.decode()
    page.post(f"{HERE}{scan.pk}/cancel/")
    scan.refresh_from_db()
    assert scan.state == "cancelled"
    assert "Cancelled." in page.get(answer["Location"]).content.decode()


def test_a_complete_search_shows_pairs_blocking_and_weights(page: Any) -> None:
    CustomerFactory(name="Nova Logistyka Sp. z o.o.", tax_number="526-000-12-46")
    CustomerFactory(name="NOVA LOGISTYKA", tax_number="PL5260001246")
    scan = actions.add_scan(by=None, reach=Reach.EVERYTHING, now=NOW)
    tasks.compute(scan)

    shown = page.get(f"{HERE}{scan.pk}/").content.decode()

    for words in ("the same tax number", "Open pairs by probability", "shipped ones", "in bits"):
        assert words in shown
    assert "Pairs to decide" in page.get(HERE).content.decode()


def test_thresholds_are_kept_and_refused_with_a_sentence(page: Any) -> None:
    form = {"ask_from": "60", "merge_from": "99.5", "after_imports": "on"}
    assert page.post(f"{HERE}thresholds/", form).status_code == 302
    row = queries.thresholds()
    assert (row.ask_from, row.merge_from, row.merges_by_rule) == (0.6, 0.995, False)

    refused = page.post(f"{HERE}thresholds/", form | {"ask_from": "99.9", "version": "1"})

    assert "merge by rule from the same or a higher one" in refused.content.decode()
    late = page.post(f"{HERE}thresholds/", form | {"ask_from": "70", "version": "9"})
    assert late.status_code == 200
    assert queries.thresholds().ask_from == 0.6


@pytest.mark.parametrize(("address", "queries_run"), [("", 10), ("{scan}/", 5), ("thresholds/", 4)])
def test_pages_cost_as_many_queries_however_many_pairs_there_are(
    address: str, queries_run: int, page: Any, django_assert_num_queries: Any
) -> None:
    for name in ("Nova Logistyka Sp. z o.o.", "NOVA LOGISTYKA", "Nova Logistyka"):
        CustomerFactory(name=name, tax_number="5260001246")
    scan = actions.add_scan(by=None, reach=Reach.EVERYTHING, now=NOW)
    tasks.compute(scan)
    here = HERE + address.format(scan=scan.pk)
    page.get(here)

    with django_assert_num_queries(queries_run):
        page.get(here)
