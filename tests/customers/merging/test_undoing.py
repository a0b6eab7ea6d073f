"""Undoing restores everything, names later edits, and works in any order that is possible."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainstay.customers import actions as customers
from mainstay.customers.merging.actions import Undecided, undo
from mainstay.customers.merging.actions.conflicts import conflicts
from mainstay.customers.merging.models import Merge
from mainstay.customers.models import Address, Customer, Interaction
from tests.conftest import NOW
from tests.customers.merging.world import fresh, join, tables, twins
from tests.factories.customers import (
    AffiliationFactory,
    ContactFactory,
    CustomerFactory,
    InteractionFactory,
)

pytestmark = pytest.mark.django_db


def test_undoing_gives_the_same_database() -> None:
    kept, gone = twins()
    third = CustomerFactory(name="Hanza Gdynia", parent=gone)
    before = tables()

    merge = join(kept, gone, third, name=gone.pk)
    assert tables() != before
    undo(by=None, now=NOW, merge=merge)

    assert tables() == before


def test_undoing_contacts_gives_the_same_database() -> None:
    values = {"name": "A. Nowak", "email": "a@b.pl", "phone": "+48 601 234 567"}
    kept, gone = ContactFactory(), customers.add_contact(by=None, now=NOW, values=values)
    place = AffiliationFactory(contact=gone)
    AffiliationFactory(contact=kept, customer=place.customer)
    InteractionFactory(customer=place.customer, contact=gone)
    customers.refresh_search([place.customer.pk])
    before = tables()

    undo(by=None, now=NOW, merge=join(kept, gone))

    assert tables() == before


def test_later_edits_are_named_and_decided() -> None:
    kept, gone = twins()
    merge = join(kept, gone, name=gone.pk)
    customers.change_customer(
        by=None, now=NOW, customer=fresh(kept), values={"name": "Hanza Group"}, version=None
    )
    added = InteractionFactory(customer=kept, subject="Autumn prices")
    Address.objects.filter(customer=kept).delete()
    Interaction.objects.filter(customer=kept).exclude(pk=added.pk).delete()

    with pytest.raises(Undecided) as told:
        undo(by=None, now=NOW, merge=merge)

    assert [(each.kind, each.text) for each in told.value.conflicts] == [
        (
            "field",
            "Edited after the merge: now “Hanza Group”, before the merge “Hanza Sp. z o.o.”.",
        ),
        ("deleted", "1 was deleted after the merge and stays deleted."),
        ("added", "Added after the merge: Autumn prices"),
    ]
    decisions = {
        "field:name": "restore",
        "deleted:customers.interaction.customer": "keep",
        f"added:customers.interaction.customer:{added.pk}": str(gone.pk),
    }
    undo(by=None, now=NOW, merge=merge, decisions=decisions)
    assert fresh(kept).name == "Hanza Sp. z o.o."
    assert fresh(added).customer_id == gone.pk


def test_what_was_edited_later_stays_when_nobody_says_otherwise() -> None:
    kept, gone = twins()
    merge = join(kept, gone)
    added = InteractionFactory(customer=kept)
    other = CustomerFactory()
    moved = Interaction.objects.filter(customer=kept).order_by("-pk")[1]
    Interaction.objects.filter(pk=moved.pk).update(customer=other)

    undo(by=None, now=NOW, merge=merge, keep_later=True)

    assert fresh(added).customer_id == kept.pk
    assert fresh(moved).customer_id == other.pk


def test_a_survivor_that_was_merged_itself_comes_first() -> None:
    kept, gone = twins()
    third = CustomerFactory(name="Nordia")
    before = tables()
    first = join(kept, gone)
    second = join(third, kept)

    with pytest.raises(ValidationError, match="merged into Nordia afterwards; undo that merge"):
        undo(by=None, now=NOW, merge=first)
    undo(by=None, now=NOW, merge=second)
    undo(by=None, now=NOW, merge=first)

    assert tables() == before
    with pytest.raises(ValidationError, match="undone already"):
        undo(by=None, now=NOW, merge=first)


def test_the_earlier_of_two_merges_can_go_first() -> None:
    kept, gone = twins()
    third = CustomerFactory(name="Nordia")
    customers.set_tags(by=None, now=NOW, customer=third, names=["key", "K-2"])
    before = tables()
    first, second = join(kept, gone), join(kept, third)

    undo(by=None, now=NOW, merge=first, keep_later=True)
    assert "K-2" in fresh(kept).tags.values_list("name", flat=True)  # the third's, who had it too
    undo(by=None, now=NOW, merge=second, keep_later=True)

    assert tables() == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "undo", "edit", "talk"]), st.integers(0, 3), st.integers(0, 3)
    ),
    max_size=7,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_no_order_of_merges_and_undoings_loses_anything(steps: list[Any]) -> None:
    rows = [CustomerFactory(name=f"Firm {letter}", phone="") for letter in "ABCD"]
    for row in rows:
        InteractionFactory(customer=row)
        customers.set_tags(by=None, now=NOW, customer=row, names=["key", row.name])
    start, talks = _state(rows), 4

    for step, first, second in steps:
        talks += _take(step, rows[first], rows[second])
    while merges := Merge.objects.filter(undone_at=None, customer__in=rows).order_by("-pk"):
        assert not [each for each in conflicts(merges[0]) if each.kind == "deleted"]
        undo(by=None, now=NOW, merge=merges[0], keep_later=True)

    assert Interaction.objects.filter(customer__in=rows).count() == talks
    if talks == len(rows) and not any(step == "edit" for step, _a, _b in steps):
        assert _state(rows) == start


def _state(rows: list[Any]) -> Any:
    found = Customer.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    return [
        (
            row.name,
            row.phone,
            row.archived_at,
            row.search,
            sorted(row.tags.values_list("name", flat=True)),
            sorted(row.interactions.values_list("pk", flat=True)),
        )
        for row in found
    ]


def _take(step: str, first: Any, second: Any) -> int:
    """Take one step, as far as it is possible; return how many talks it added."""
    with suppress(ValidationError):
        match step:
            case "merge":
                join(first, second)
            case "undo":
                standing = Merge.objects.filter(undone_at=None, customer=first).first()
                if standing:
                    undo(by=None, now=NOW, merge=standing, keep_later=True)
            case "edit":
                customers.change_customer(
                    by=None, now=NOW, customer=first, values={"city": "Gdynia"}, version=None
                )
            case _:
                InteractionFactory(customer=first)
                return 1
    return 0
