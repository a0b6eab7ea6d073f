"""The search index of SQLite is kept in few segments."""

import pytest
from django.db import connection

from mainstay.customers import queries
from mainstay.shared import fts5
from mainstay.shared.jobs.tasks import keep_quick
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such segments")
def test_the_daily_job_merges_the_segments_of_the_search_index() -> None:
    for number in range(fts5.FEW_SEGMENTS + 1):
        CustomerFactory(name=f"Firma {number}")
    assert segments() > 1

    fts5.merge(connection, above=100)
    assert segments() > 1
    keep_quick.func()
    fts5.merge(connection)

    assert segments() == 1
    assert queries.everybody().filter(name="Firma 3").exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's is merged, as told above")
def test_elsewhere_the_daily_job_has_nothing_to_merge() -> None:
    assert keep_quick.func() == 0


def segments() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT segid) FROM customers_customer_fts_idx")
        found: int = cursor.fetchone()[0]
    return found
