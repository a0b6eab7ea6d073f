"""A decision on a pair is kept with who decided and when, and can be taken back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from mainstay.customers.duplicates import actions, queries
from mainstay.customers.duplicates.models import Pair, PairState
from mainstay.records.models import AuditEvent
from tests.factories.customers import CustomerFactory
from tests.factories.value import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(owner: Any) -> Pair:
    both = [CustomerFactory(name=name, owner=owner, team=owner.team) for name in ("Nova", "NOVA")]
    left, right = reversed(both)
    return Pair.objects.create(
        left=left, right=right, kind="organisation", probability=0.97, weight=9.1
    )


def test_a_pair_is_kept_once_whichever_way_round_it_was_found(pair: Pair) -> None:
    assert pair.left_id < pair.right_id
    with pytest.raises(IntegrityError):
        Pair.objects.create(left=pair.right, right=pair.left, kind="", probability=0.9, weight=1)


def test_a_decision_names_who_decided_and_can_be_taken_back(pair: Pair, owner: Any) -> None:
    actions.decide(pair=pair, state=PairState.DISTINCT, by=owner, now=NOW)
    assert not queries.open_pairs(owner).exists()

    actions.decide(pair=pair, state=PairState.OPEN, by=owner, now=NOW)

    assert list(queries.open_pairs(owner)) == [pair]
    events = AuditEvent.objects.filter(verb="duplicate_pair.decided").order_by("pk")
    assert [(event.actor, event.new["state"]) for event in events] == [
        (str(owner), "distinct"),
        (str(owner), "open"),
    ]


def test_who_may_not_change_customers_decides_nothing(pair: Pair, owner: Any) -> None:
    owner.role = "read_only"

    with pytest.raises(PermissionDenied):
        actions.decide(pair=pair, state=PairState.DISTINCT, by=owner, now=NOW)


def test_a_pair_is_seen_by_who_sees_both_customers(pair: Pair, owner: Any, stranger: Any) -> None:
    assert list(queries.open_pairs(owner)) == [pair]
    assert not queries.open_pairs(stranger).exists()

    pair.right.owner = stranger
    pair.right.team = stranger.team
    pair.right.save()

    assert not queries.open_pairs(owner).exists()
