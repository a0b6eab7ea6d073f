"""A change of many customers is undone as one; what was edited afterwards is kept and named."""

from datetime import timedelta
from typing import Any

import pytest

from mainstay.customers import actions
from mainstay.customers.changes import actions as changes
from mainstay.customers.changes import undoing
from mainstay.customers.changes.models import ChangedCustomer, ManyChange
from mainstay.customers.models import Customer
from mainstay.records.models import AuditEvent
from tests.factories.customers import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(owner: Any) -> list[Customer]:
    return [CustomerFactory(name=f"C{n}", owner=owner, team=owner.team) for n in range(3)]


def change(by: Any, now: Any, kind: str, value: str, customers: list[Customer]) -> ManyChange:
    ids = [customer.pk for customer in customers]
    actions.change_many(by=by, now=now, kind=kind, value=value, ids=ids)
    return ManyChange.objects.latest("pk")


def undo(by: Any, now: Any, made: ManyChange) -> ManyChange:
    undoing.undo(by=by, now=now, change=made)
    made.refresh_from_db()
    return made


def test_owners_and_teams_come_back_but_for_later_edits(
    three: list[Customer], manager: Any, owner: Any, stranger: Any, colleague: Any, now: Any
) -> None:
    made = change(manager, now, "owner", str(stranger.pk), three)
    three[0].refresh_from_db()
    assert (three[0].owner, three[0].team) == (stranger, stranger.team)
    actions.change_customer(
        by=manager, now=now, customer=three[1], values={"owner": colleague}, version=None
    )

    undone = undo(manager, now, made)

    found = {row.name: (row.owner, row.team) for row in Customer.objects.all()}
    assert found["C0"] == found["C2"] == (owner, owner.team)
    assert found["C1"][0] == colleague
    assert (undone.customer_count, undone.undone_count) == (3, 2)
    assert [row.customer for row in ChangedCustomer.objects.filter(kept=True)] == [three[1]]
    event = AuditEvent.objects.filter(verb="customer.changed", target_label="C0").latest("pk")
    assert event.new["owner"] == str(owner)


def test_tags_are_taken_off_only_where_the_change_put_them(
    three: list[Customer], manager: Any, now: Any
) -> None:
    actions.set_tags(by=manager, now=now, customer=three[0], names=["fair"])
    made = change(manager, now, "tag", "fair", three)
    actions.set_tags(by=manager, now=now, customer=three[2], names=["other"])

    undone = undo(manager, now, made)

    tags = {c.name: sorted(c.tags.values_list("name", flat=True)) for c in three}
    assert tags == {"C0": ["fair"], "C1": [], "C2": ["other"]}
    assert (undone.customer_count, undone.undone_count) == (2, 1)


def test_tags_taken_off_come_back(three: list[Customer], manager: Any, now: Any) -> None:
    actions.change_many(
        by=manager, now=now, kind="tag", value="fair", ids=[three[0].pk, three[1].pk]
    )
    made = change(manager, now, "untag", "fair", three)

    undo(manager, now, made)

    assert {c.name for c in Customer.objects.filter(tags__name="fair")} == {"C0", "C1"}


def test_it_is_undone_once_and_by_who_made_it(
    three: list[Customer], owner: Any, colleague: Any, administrator: Any, now: Any
) -> None:
    made = change(owner, now, "tag", "fair", three)

    with pytest.raises(changes.NotUndone, match="Somebody else"):
        undoing.undo(by=colleague, now=now, change=made)
    undo(administrator, now, made)
    with pytest.raises(changes.NotUndone, match="already"):
        undoing.undo(by=owner, now=now, change=made)
    assert AuditEvent.objects.filter(verb="customers.change_undone").count() == 1


def test_many_are_undone_by_a_job_that_goes_on_where_it_was_killed(
    three: list[Customer], manager: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = change(manager, now, "tag", "fair", three)
    monkeypatch.setattr(undoing, "FEW", 2)
    monkeypatch.setattr(changes, "AT_ONCE", 1)

    address = undoing.undo(by=manager, now=now, change=made)

    assert "/jobs/" in address
    part = list(changes.open_customers(made)[:1])
    changes.undo_part(by=manager, now=now, change=made, part=part)  # ... and then killed
    changes.undo_all(by=manager, now=now, change=made)
    made.refresh_from_db()
    assert (made.undone_count, ChangedCustomer.objects.count()) == (3, 0)
    assert not Customer.objects.filter(tags__name="fair").exists()


def test_the_pages_offer_it_and_name_what_was_kept(
    three: list[Customer], manager: Any, stranger: Any, colleague: Any, signed_in: Any, now: Any
) -> None:
    client = signed_in(manager)
    rows = [str(customer.pk) for customer in three]
    data = {"action": "owner", "value-owner": str(stranger.pk), "row": rows}
    after = client.post("/customers/", data, follow=True).content.decode()
    assert 'href="/customers/changes/"' in after
    made = ManyChange.objects.get()
    actions.change_customer(
        by=manager, now=now, customer=three[1], values={"owner": colleague}, version=None
    )

    assert str(stranger) in client.get("/customers/changes/").content.decode()
    page = client.post(f"/customers/changes/{made.pk}/undo/", follow=True).content.decode()

    assert "Edited afterwards, so left as they are" in page
    assert "C1" in page
    assert "C2" not in page
    again = client.post(f"/customers/changes/{made.pk}/undo/", follow=True).content.decode()
    assert "undone already" in again
    assert signed_in(colleague).get(f"/customers/changes/{made.pk}/").status_code == 404
    assert "No change to many customers yet" in (
        signed_in(colleague).get("/customers/changes/").content.decode()
    )


def test_old_changes_are_forgotten(three: list[Customer], manager: Any, now: Any) -> None:
    change(manager, now, "tag", "fair", three)

    assert changes.forget_old_changes(now=now + timedelta(days=29)) == 0
    changes.forget_old_changes(now=now + timedelta(days=31))

    assert not ManyChange.objects.exists()
    assert Customer.objects.filter(tags__name="fair").count() == 3
