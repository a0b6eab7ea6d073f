from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from mainstay.customers.models import Customer
from mainstay.shared import fts5, search
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db
TABLE = "customers_customer"


def found(typed: str) -> set[str]:
    rows = Customer.objects.all()
    hits, words = search.matching(rows, typed), search.words(rows, typed)
    assert set(hits) == set(rows.filter(words.asked))
    assert set(hits) == set(rows.filter(pk__in=words.some(None)))
    assert {hit.pk for hit in hits} == set(words.ids(50) or [])
    return {customer.name for customer in hits}


@pytest.fixture(params=["trigrams", "words"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every way to search: FTS5 on SQLite; on PostgreSQL with and without pg_trgm."""
    if request.param == "words":
        if connection.vendor == "sqlite":
            pytest.skip("SQLite has one way to search: FTS5")
        monkeypatch.setattr(search, "_may_use_trigrams", lambda cursor: False)
        search.install(connection, TABLE)
    yield
    if request.param == "words":
        search._trigrams.clear()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("łódź", {"Młyny Łódź"}),
        ("MLYN", {"Młyny Łódź"}),
        ("lodz mly", {"Młyny Łódź"}),
        ("伟公", {"王伟公司"}),
        ("公伟", set()),
        ("иван", {"ООО Иванов"}),
        ("odz", set()),
        ("x1:*|!", {"X1 & Co"}),
        ('"', set()),
    ],
)
def test_every_term_is_the_beginning_of_a_word(way: None, typed: str, names: set[str]) -> None:
    for name in ("Młyny Łódź", "王伟公司", "ООО Иванов", "X1 & Co"):
        CustomerFactory(name=name)

    assert found(typed) == names


def test_a_word_that_begins_thousands_of_others_is_asked_of_the_row(
    way: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fts5, "BROAD", 2)
    for number in range(4):
        CustomerFactory(name=f"Bau Nord{number}")
    CustomerFactory(name="Bau Süd")

    assert len(found("nord")) == 4
    assert found("nord bau") == {f"Bau Nord{number}" for number in range(4)}
    assert found("nord2 bau") == {"Bau Nord2"}
    assert found("nord nor") == {f"Bau Nord{number}" for number in range(4)}


def test_the_index_follows_changes() -> None:
    customer = CustomerFactory(name="Alpha")

    Customer.objects.filter(pk=customer.pk).update(search=" beta ")
    assert search.matching(Customer.objects.all(), "beta").exists()
    assert not search.matching(Customer.objects.all(), "alpha").exists()

    customer.delete()
    assert not search.matching(Customer.objects.all(), "beta").exists()


def test_bulk_writing_leaves_the_index_whole() -> None:
    with search.bulk_writing(connection, TABLE):
        CustomerFactory(name="Gamma")
    CustomerFactory(name="Delta")

    assert found("gamma") == {"Gamma"}
    assert found("delta") == {"Delta"}


@pytest.mark.skipif("sqlite" not in connection.vendor, reason="PostgreSQL keeps no triggers")
@pytest.mark.parametrize("table", [TABLE, "customers_contact", "orders_product"])
def test_no_migration_lost_the_triggers(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        names: Any = {row[0] for row in cursor.fetchall()}

    assert names >= {f"{table}_fts_{moment}" for moment in ("insert", "update", "delete")}
