import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mainstay.customers.models import Address
from mainstay.people.models import Team
from mainstay.records import actions, queries, triggers
from mainstay.records.models import AuditEvent
from tests.factories.customers import CustomerFactory

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


def test_under_a_warrant_names_and_values_go_and_nothing_else(team):
    rename(team, new={"name": "North"})
    events = AuditEvent.objects.all()

    with actions.warranted("Case 7"):
        events.update(target_label=actions.ERASED, old={}, new={})
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            events.update(customer_id=7)

    event = queries.history_of(team).get()
    assert (event.verb, event.target_label, event.new) == ("team.renamed", "(erased)", {})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        events.update(old={})


def test_an_event_notes_whom_it_is_about():
    customer = CustomerFactory()
    kept = Address.objects.create(customer=customer, street="Long Lane 1")

    actions.record(by=None, verb="address.removed", target=kept, now=timezone.now())

    assert AuditEvent.objects.get(verb="address.removed").customer_id == customer.pk
