"""Keep segments, fill them, count them: who may, and what is stored."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.customers.models import Customer
from mainstay.customers.segments import actions, queries, speed
from mainstay.customers.segments.models import Membership, Segment, SegmentDay
from mainstay.records.models import AuditEvent
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory
from tests.factories.segments import asks, fixed, live, rule

pytestmark = pytest.mark.django_db


def told(segment: Any) -> list[str]:
    rows = queries.stored(segment).order_by("customer__name")
    return list(rows.values_list("customer__name", flat=True))


def test_who_came_and_went_is_stored_with_the_day(administrator: Any) -> None:
    anna = CustomerFactory(name="Anna")
    CustomerFactory(name="Bert", country="DE")
    segment = live(administrator)
    actions.recount(segment=segment, now=NOW)
    Customer.objects.filter(pk=anna.pk).update(country="FR")
    CustomerFactory(name="Cleo")

    actions.recount(segment=segment, now=NOW + timedelta(days=2))
    actions.recount(segment=segment, now=NOW + timedelta(days=2))

    assert told(segment) == ["Cleo"]
    stays = Membership.objects.order_by("customer__name").values_list(
        "customer__name", "entered_on__day", "left_on__day"
    )
    assert list(stays) == [("Anna", 5, 7), ("Cleo", 7, None)]
    days = SegmentDay.objects.order_by("day").values_list("members", "entered", "left")
    assert list(days) == [(1, 1, 0), (1, 1, 1)]


def test_an_archived_customer_leaves(administrator: Any) -> None:
    anna, segment = CustomerFactory(name="Anna"), live(administrator)
    actions.recount(segment=segment, now=NOW)

    Customer.objects.filter(pk=anna.pk).update(archived_at=NOW)
    actions.recount(segment=segment, now=NOW)

    assert told(segment) == []


def test_a_list_takes_only_whom_its_filler_may_see(owner: Any, stranger: Any) -> None:
    mine, theirs = CustomerFactory(owner=owner), CustomerFactory(owner=stranger)

    segment = fixed(owner, mine, theirs)
    again = actions.add_members(by=owner, now=NOW, segment=segment, ids=[mine.pk])
    gone = actions.remove_members(by=owner, now=NOW, segment=segment, ids=[mine.pk, theirs.pk])

    assert (again, gone, told(segment)) == (0, 1, [])
    assert AuditEvent.objects.filter(verb="segment.filled").count() == 1


def test_own_shared_and_foreign_segments(owner: Any, colleague: Any, stranger: Any) -> None:
    live(owner, name="Mine")
    live(owner, name="Ours", sharing="team")
    live(owner, name="Everybody's", sharing="all")

    def seen(user: Any) -> list[str]:
        return [row.name for row in queries.by_name(user)]

    assert seen(owner) == ["Everybody's", "Mine", "Ours"]
    assert seen(colleague) == ["Everybody's", "Ours"]
    assert seen(stranger) == ["Everybody's"]


def test_members_are_those_within_the_reach(owner: Any, colleague: Any, stranger: Any) -> None:
    CustomerFactory(owner=owner, team=owner.team)
    segment = live(owner, sharing="all")

    counted = [queries.members(who, segment, now=NOW).count() for who in (owner, colleague)]

    assert counted == [1, 1]
    assert queries.members(stranger, segment, now=NOW).count() == 0


def test_a_rule_about_money_is_kept_from_who_may_not_see_money(
    manager: Any, read_only: Any, service_agent: Any
) -> None:
    poor = live(manager, asks("value.clv", "under", 100), name="Poor", sharing="all")
    live(manager, asks("segment", "is", [str(poor.pk)]), name="Within", sharing="all")
    live(manager, name="Open", sharing="all")

    assert [row.name for row in queries.by_name(read_only)] == ["Open"]
    with pytest.raises(PermissionDenied):
        live(service_agent)


def test_only_its_owner_or_who_governs_changes_a_segment(
    owner: Any, colleague: Any, manager: Any
) -> None:
    segment = live(owner, sharing="team")
    values = {"name": "Renamed"}

    with pytest.raises(PermissionDenied):
        actions.save_segment(by=colleague, now=NOW, values=values, segment=segment)
    actions.save_segment(by=manager, now=NOW, values=values, segment=segment)

    segment.refresh_from_db()
    assert (segment.name, segment.version) == ("Renamed", 2)


def test_a_rule_does_not_come_back_to_itself(administrator: Any) -> None:
    first = live(administrator, name="First")
    second = live(administrator, asks("segment", "is", [str(first.pk)]), name="Second")
    back = {"definition": rule(asks("segment", "is_not", [str(second.pk)]))}

    with pytest.raises(ValidationError, match="itself asks for this segment"):
        actions.save_segment(by=administrator, now=NOW, values=back, segment=first)
    with pytest.raises(ValidationError, match="“Second” asks for this segment"):
        actions.archive_segment(by=administrator, now=NOW, segment=first)


def test_a_rule_names_only_segments_one_sees(owner: Any, stranger: Any) -> None:
    hidden = live(owner)

    with pytest.raises(ValidationError, match="not yours to see"):
        live(stranger, asks("segment", "is", [str(hidden.pk)]), name="Spying")


def test_names_are_given_once(administrator: Any) -> None:
    live(administrator)

    with pytest.raises(ValidationError, match="already"):
        live(administrator)


def test_shipped_segments_come_once_and_stay_as_changed(administrator: Any) -> None:
    assert actions.ship(now=NOW) > 5
    row = Segment.objects.filter(preset="gold").get()
    actions.save_segment(by=administrator, now=NOW, values={"name": "Our gold"}, segment=row)

    assert actions.ship(now=NOW) == 0
    assert Segment.objects.filter(name="Our gold").exists()


def test_a_segment_is_fixed_as_it_stands(administrator: Any) -> None:
    CustomerFactory(name="Anna")

    copy = actions.fix_members(by=administrator, now=NOW, segment=live(administrator), name="Copy")

    assert (copy.kind, told(copy)) == ("static", ["Anna"])


def test_a_slow_rule_is_read_as_stored(administrator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    CustomerFactory(name="Anna")
    segment = live(administrator)
    actions.recount(segment=segment, now=NOW)

    monkeypatch.setattr(speed, "SLOW_MS", 60_000)
    monkeypatch.setattr(speed, "SECONDS", 60)
    speed.measure(segment)
    fast = Segment.objects.get().direct
    monkeypatch.setattr(speed, "SLOW_MS", -1)
    speed.measure(segment)

    assert (fast, Segment.objects.get().direct) == (True, False)
    CustomerFactory(name="Late")
    assert queries.members(administrator, Segment.objects.get(), now=NOW).count() == 1
