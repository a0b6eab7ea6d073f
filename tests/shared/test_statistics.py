import pytest
from django.db import connection

from mainstay.people.models import Team
from mainstay.shared import statistics

pytestmark = pytest.mark.django_db


def known(table: str) -> bool:
    """Tell whether the planner knows anything of the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples > 0 FROM pg_class WHERE relname = %s", [table])
            return bool(cursor.fetchone()[0])
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = %s", [table])
        return bool(cursor.fetchone()[0])


def test_many_rows_let_the_database_look_again() -> None:
    Team.objects.bulk_create(Team(name=f"Team {number}") for number in range(300))
    before = known("people_team")

    statistics.renew(statistics.MANY - 1)
    few = known("people_team")
    statistics.renew(statistics.MANY)

    assert (before, few, known("people_team")) == (False, False, True)
