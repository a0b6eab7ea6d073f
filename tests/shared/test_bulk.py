import pytest
from django.db import transaction

from mainstay.people.models import Team
from mainstay.shared.bulk import insert_rows

pytestmark = pytest.mark.django_db

NOW = "2026-01-02 03:04:05+00:00"


def test_rows_arrive_as_given() -> None:
    rows = [("Łódź", NOW, NOW), ("北京", NOW, NOW)]

    insert_rows(Team, ["name", "created_at", "updated_at"], rows)

    assert sorted(Team.objects.values_list("name", flat=True)) == ["Łódź", "北京"]
    assert Team.objects.get(name="北京").created_at.isoformat() == "2026-01-02T03:04:05+00:00"


def test_a_failure_in_the_middle_leaves_nothing() -> None:
    rows = [("once", NOW, NOW), ("twice", NOW, NOW), ("twice", NOW, NOW)]

    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        insert_rows(Team, ["name", "created_at", "updated_at"], rows)

    assert not Team.objects.exists()
