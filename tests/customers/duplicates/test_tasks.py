"""A scan from the customers to pairs: what it finds, what it leaves, what it asks again."""

from datetime import timedelta
from typing import Any

import pytest

from mainstay.customers.duplicates import actions, queries, tasks
from mainstay.customers.duplicates.models import Pair, PairState, Reach, Scan, ScanState, Zone
from mainstay.customers.models import Address
from tests.factories.customers import CustomerFactory
from tests.factories.value import NOW

pytestmark = pytest.mark.django_db


def _scan(reach: Reach = Reach.EVERYTHING) -> Scan:
    scan = actions.add_scan(by=None, reach=reach, now=NOW)
    tasks.compute(scan)
    assert scan.state == ScanState.COMPLETE, scan.reason
    return scan


@pytest.fixture
def twins() -> tuple[Any, Any]:
    return (
        CustomerFactory(name="Nova Logistyka Sp. z o.o.", tax_number="526-000-12-46"),
        CustomerFactory(name="NOVA LOGISTYKA", tax_number="PL5260001246", phone="+48 22 100 20 30"),
    )


def test_a_scan_finds_a_pair_and_says_why(twins: tuple[Any, Any]) -> None:
    CustomerFactory(name="Huta Katowice S.A.", tax_number="6340000001")

    scan = _scan()

    [pair] = queries.open_pairs(None)
    assert ({pair.left_id, pair.right_id}, pair.scan) == ({each.pk for each in twins}, scan)
    told = {step["field"]: step for step in queries.told(pair)}
    assert (told["tax"]["label"], told["tax"]["level"]) == ("Tax number", "the same")
    assert (told["tax"]["left"], told["tax"]["right"]) == ("526-000-12-46", "PL5260001246")
    assert told["name"]["level"] == "the same"
    assert scan.state == ScanState.COMPLETE
    assert scan.counts["organisation"]["records"] == 3
    assert scan.counts["person"]["records"] == 0
    assert scan.weights["organisation"]["method"] == "shipped"


def test_what_is_archived_or_restricted_is_not_compared(twins: tuple[Any, Any]) -> None:
    twins[1].restricted = True
    twins[1].save()

    _scan()

    assert not Pair.objects.exists()


def test_a_pair_kept_apart_is_not_asked_again_until_a_record_changes(
    twins: tuple[Any, Any], owner: Any
) -> None:
    _scan()
    pair = Pair.objects.get()
    owner.role = "administrator"
    actions.decide(pair=pair, state=PairState.DISTINCT, by=owner, now=NOW)

    _scan()
    assert not queries.open_pairs(None).exists()

    twins[0].phone = "+48 22 100 20 30"
    twins[0].save()
    _scan(Reach.CHANGED)
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (PairState.OPEN, None)


def test_a_pair_that_is_found_no_more_goes(twins: tuple[Any, Any]) -> None:
    _scan()
    twins[1].tax_number, twins[1].name = "7740001454", "Orlen"
    twins[1].save()

    scan = _scan(Reach.CHANGED)

    assert not Pair.objects.exists()
    assert scan.counts["organisation"]["gone"] == 1


def test_only_new_and_changed_customers_are_compared_again(twins: tuple[Any, Any]) -> None:
    first = _scan()
    Scan.objects.filter(pk=first.pk).update(as_of=twins[1].updated_at + timedelta(seconds=1))
    third = CustomerFactory(name="Nova Logistyka", tax_number="5260001246")
    moment = first.as_of + timedelta(days=10_000)
    type(third).objects.filter(pk=third.pk).update(updated_at=moment, created_at=moment)

    scan = _scan(Reach.CHANGED)

    assert scan.counts["organisation"]["fresh"] == 1
    assert Pair.objects.filter(scan=scan).count() == 2
    assert Pair.objects.filter(scan=first).count() == 1


def test_pairs_of_earlier_rules_do_not_count(twins: tuple[Any, Any]) -> None:
    scan = _scan()
    Scan.objects.filter(pk=scan.pk).update(rules_version="older")

    assert not queries.open_pairs(None).exists()
    assert queries.outdated()
    again = _scan(Reach.CHANGED)
    assert again.counts["organisation"]["fresh"] == 2
    assert queries.open_pairs(None).count() == 1


def test_thresholds_move_open_pairs_between_the_zones(twins: tuple[Any, Any], owner: Any) -> None:
    owner.role = "administrator"
    _scan()
    assert [pair.zone for pair in queries.by_rule()] == [Zone.MERGE]

    change = {"merge_from": 1.0, "ask_from": 0.5}
    actions.set_thresholds(by=owner, values=change, now=NOW)

    assert not queries.by_rule().exists()
    assert queries.open_pairs(None).count() == 1


def test_relatives_are_asked_about_at_most() -> None:
    for name in ("Jan Kowalski", "Janina Kowalska", "Maria Kowalska"):
        home = CustomerFactory(name=name, kind="person", phone="+48 42 600 10 02")
        Address.objects.create(
            customer=home, street="Długa 5", postcode="90-001", city="Łódź", country="PL"
        )

    _scan()

    assert not queries.by_rule().exists()


def test_one_scan_at_a_time(twins: tuple[Any, Any]) -> None:
    actions.add_scan(by=None, reach=Reach.EVERYTHING, now=NOW)

    with pytest.raises(actions.CannotScan, match="under way"):
        actions.add_scan(by=None, reach=Reach.EVERYTHING, now=NOW)
