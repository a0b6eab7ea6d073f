"""Merging by rule as one, undoing it as one, and whose values win by the company's rules."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mainstay.customers import actions as customers
from mainstay.customers.duplicates.actions import start_scan
from mainstay.customers.duplicates.models import Pair, Reach, Thresholds
from mainstay.customers.merging.actions import by_rule, settle
from mainstay.customers.merging.models import Batch, Merge, TrustedSource
from mainstay.customers.models import Source
from mainstay.shared.jobs.models import Job
from mainstay.shared.jobs.worker import Pace, Worker
from tests.conftest import NOW
from tests.customers.merging.world import fresh, join, tables
from tests.factories.customers import CustomerFactory, InteractionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sure() -> list[Any]:
    """Seven records: a group of three, a pair, and a pair that is not sure."""
    rows = [CustomerFactory(name=f"Firm {n}", phone=f"+48 22 555 01 0{n}") for n in range(7)]
    for row in rows:
        InteractionFactory(customer=row)
    for left, right, zone in ((0, 1, "merge"), (1, 2, "merge"), (3, 4, "merge"), (5, 6, "ask")):
        Pair.objects.create(
            left=rows[left],
            right=rows[right],
            kind="organisation",
            probability=0.9995,
            weight=11.0,
            zone=zone,
        )
    return rows


def test_groups_are_merged_and_undone_as_one(manager: Any, sure: list[Any]) -> None:
    before = tables()
    plan = by_rule.plan(manager)
    assert (plan.pairs, plan.records, len(plan.groups)) == (3, 3, 2)

    batch = by_rule.add_batch(by=manager, now=NOW)
    assert by_rule.run(batch=batch, now=NOW) == 2
    assert by_rule.run(batch=batch, now=NOW) == 2  # a worker that starts again

    assert fresh(sure[0]).interactions.count() == 3
    assert [fresh(row).archived_at is None for row in sure] == [
        True,
        False,
        False,
        True,
        False,
        True,
        True,
    ]
    InteractionFactory(customer=sure[3])
    by_rule.begin_undo(by=manager, now=NOW, batch=batch)
    assert by_rule.undo_all(by=manager, batch=batch, now=NOW) == {"undone": 1, "kept": 1}
    assert Pair.objects.filter(state="open").count() == 3
    with pytest.raises(ValidationError, match="undone already"):
        by_rule.begin_undo(by=manager, now=NOW, batch=batch)
    assert len(before["customers.Customer"]) == 7


def test_two_kept_apart_are_never_merged_through_a_third(manager: Any, sure: list[Any]) -> None:
    Pair.objects.create(
        left=sure[0],
        right=sure[2],
        kind="organisation",
        probability=0.7,
        weight=1.2,
        state="distinct",
    )

    assert by_rule.plan(manager).left_out == 1
    assert [set(group) for group in by_rule.plan(manager).groups] == [{sure[3].pk, sure[4].pk}]


def test_the_page_says_the_count_and_starts_a_job(
    manager: Any, owner: Any, signed_in: Any, sure: list[Any]
) -> None:
    client = signed_in(manager)

    page = client.get(reverse("merging:by_rule")).content.decode()
    assert "3 records would go into others" in page
    assert "3 pairs in 2 groups" in page
    client.post(reverse("merging:by_rule"))

    assert Batch.objects.count() == Job.objects.count() == 1
    with pytest.raises(PermissionDenied):
        by_rule.add_batch(by=owner, now=NOW)


def _scanned(by: Any) -> None:
    """A search is started by somebody and made, and the worker does what follows."""
    start_scan(by=by, reach=Reach.EVERYTHING, now=NOW)
    Worker(pace=Pace(backoff_seconds=-1)).drain()


@pytest.fixture
def twins() -> list[Any]:
    names = ("Nova Logistyka Sp. z o.o.", "NOVA LOGISTYKA")
    return [CustomerFactory(name=name, tax_number="5260001246") for name in names]


def test_what_a_search_is_sure_of_is_merged_where_the_company_wants_that(
    manager: Any, twins: list[Any]
) -> None:
    Thresholds.objects.create(merges_by_rule=True)

    _scanned(manager)

    merge = Merge.objects.get()
    assert (merge.origin, merge.made_by, merge.batch) == ("rule", manager, Batch.objects.get())
    assert sum(fresh(row).archived_at is None for row in twins) == 1
    _scanned(manager)
    assert Batch.objects.count() == 1


def test_without_the_wish_a_search_merges_nothing(manager: Any, twins: list[Any]) -> None:
    _scanned(manager)

    assert Pair.objects.get().zone == "merge"
    assert not Batch.objects.exists()


def test_a_search_by_who_may_not_merge_by_rule_leaves_it_to_a_person(
    manager: Any, analyst: Any, signed_in: Any, twins: list[Any]
) -> None:
    Thresholds.objects.create(merges_by_rule=True)

    _scanned(analyst)

    assert not Batch.objects.exists()
    page = signed_in(manager).get(reverse("merging:by_rule")).content.decode()
    assert f"{analyst} started the latest search and may not merge by rule" in page


def test_the_companys_rules_decide_whose_value_wins(manager: Any, signed_in: Any) -> None:
    kept, gone = CustomerFactory(name="Hanza", city="Sopot"), CustomerFactory(name="HANZA S.A.")
    customers.add_reference(by=None, now=NOW, customer=gone, source="Registry", external_id="7")
    customers.change_customer(
        by=None, now=NOW, customer=gone, values={"city": "Gdynia"}, version=None
    )
    client = signed_in(manager)
    form = client.get(reverse("merging:values")).context["form"]
    chosen = {name: field.initial or "" for name, field in form.fields.items()}
    registry = Source.objects.get(name="Registry")
    chosen |= {"city": "source", "name": "longest", "most_trusted": registry.pk}

    assert client.post(reverse("merging:values"), chosen).status_code == 302
    join(kept, gone)

    assert TrustedSource.objects.get().source == registry
    assert (fresh(kept).name, fresh(kept).city) == ("HANZA S.A.", "Gdynia")


def test_what_a_program_writes_on_a_tombstone_later_moves_on() -> None:
    kept, gone = CustomerFactory(), CustomerFactory()
    merge = join(kept, gone)
    stray = InteractionFactory(customer=gone)

    settle()

    assert fresh(stray).customer_id == kept.pk
    assert Merge.objects.get() == merge
