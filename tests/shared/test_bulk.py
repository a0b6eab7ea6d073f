import pytest
from django.db import IntegrityError, transaction

from mainstay.people.models import Team
from mainstay.records.models import AuditEvent
from mainstay.shared.bulk import insert_objects, insert_rows
from tests.conftest import NOW as MOMENT

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


def test_objects_arrive_as_the_orm_would_write_them() -> None:
    told = {"name": "Łódź", "steps": [1, 2.5, None]}
    events = [AuditEvent(at=MOMENT, verb="team.changed", target_id=n, new=told) for n in "12"]

    insert_objects(events)
    insert_objects([])

    kept = AuditEvent.objects.order_by("target_id")
    assert [(each.at, each.target_id, each.old, each.new) for each in kept] == [
        (MOMENT, "1", {}, told),
        (MOMENT, "2", {}, told),
    ]


def test_objects_that_break_a_rule_are_refused_as_by_the_orm() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_objects([Team(name="twice"), Team(name="twice")])

    assert not Team.objects.exists()
