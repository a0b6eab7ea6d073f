import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mainstay.people.models import Team
from mainstay.records import actions, queries, triggers
from mainstay.records.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    triggers.install(connection)
    return Team.objects.create(name="North")


def rename(team, **extra):
    actions.record(
        by=None, verb="team.renamed", target=team, now=timezone.now(), old={"name": "N"}, **extra
    )


def test_record_keeps_names_and_values(team):
    rename(team, new={"name": "North"})

    event = queries.history_of(team).get()
    assert (event.actor, event.verb, event.target_label) == ("Mainstay", "team.renamed", "North")
    assert (event.old, event.new) == ({"name": "N"}, {"name": "North"})


def test_any_text_can_be_recorded(team):
    rename(team, new={"name": "a\x00b\ud800", "long": "x" * 5000, "share": float("inf")})

    event = queries.history_of(team).get()
    assert event.new["name"] == "a\ufffdb\ufffd"
    assert len(event.new["long"]) == 2000
    assert event.new["share"] == "inf"


def test_nothing_stays_when_the_transaction_fails(team):
    with transaction.atomic():
        rename(team)
        transaction.set_rollback(True)

    assert not queries.history_of(team).exists()


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_an_event(team, change):
    rename(team)
    events = AuditEvent.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        events.update(actor="Nobody") if change == "update" else events.delete()

    assert queries.history_of(team).get().actor == "Mainstay"


def test_erasure_blanks_content_and_says_so(team):
    rename(team, new={"name": "North"})

    actions.erase_content(by=None, target=team, reason="Request 7", now=timezone.now())

    last, first = queries.history_of(team)
    assert (first.target_label, first.old, first.new) == ("(erased)", {}, {})
    assert first.verb == "team.renamed"
    assert last.new == {"reason": "Request 7", "events": 1}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(old={})
