"""Putting a selection together, and what it makes of the lecture's clients."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mainstay.account_plans.models import Criterion, KeyAccount, Rating
from mainstay.account_plans.selection import actions, queries
from mainstay.records.models import AuditEvent
from tests.analysis.accounts.golden import CLIENTS
from tests.factories.customers import CustomerFactory

from .worlds import gate, lecture

pytestmark = pytest.mark.django_db


def places(found: queries.Ranked) -> dict[str, tuple[float, int]]:
    rows = zip(found.names.values(), found.ranking.totals, found.ranking.places, strict=True)
    return {name: (round(float(total), 2), int(place)) for name, total, place in rows}


def test_the_lectures_clients_get_its_totals_and_places(manager: Any) -> None:
    found = queries.ranked(lecture(manager), manager)

    assert places(found) == {name: (total, place) for name, (_r, total, place) in CLIENTS.items()}
    assert found.ranking.weight_sum == pytest.approx(0.95)


def test_a_new_selection_begins_with_the_lectures_criteria(manager: Any, now: datetime) -> None:
    made = actions.add_selection(
        by=manager, now=now, values={"name": "2026", "scale": "rank", "first": 10}
    )

    criteria = queries.criteria_of(made)
    assert [round(each.weight, 2) for each in criteria] == [0.19, 0.10, 0.15, 0.30, 0.21, 0, 0, 0]
    with pytest.raises(ValidationError, match="There is a selection of this name"):
        actions.add_selection(by=manager, now=now, values={"name": "2026"})


def test_who_fails_a_gate_stands_last_and_is_named(manager: Any, now: datetime) -> None:
    chosen = lecture(manager)
    fit = gate(chosen)
    best = queries.ranked(chosen, manager)
    first = best.numbers[best.order[0]]

    actions.rate(by=manager, now=now, criterion=fit, customer=first, value=0, note="They said no.")

    found = queries.ranked(chosen, manager)
    assert found.numbers[found.order[-1]] == first
    assert [each.name for each in found.failed(first)] == ["Strategic fit"]


def test_ratings_are_kept_and_the_latest_counts(manager: Any, now: datetime) -> None:
    chosen = lecture(manager)
    image = queries.criteria_of(chosen)[0]
    customer = next(iter(queries.candidates(chosen, manager)))

    for value in (4.0, 7.5, 7.5, None):
        actions.rate(by=manager, now=now, criterion=image, customer=customer, value=value)

    kept = Rating.objects.filter(criterion=image, customer=customer).order_by("pk")
    assert [each.value for each in kept][1:] == [4.0, 7.5, None]  # nothing new is not kept again
    assert image in queries.ranked(chosen, manager).missing(customer)


@pytest.mark.parametrize("value", [-1, 11])
def test_a_rating_outside_the_scale_is_refused(manager: Any, now: datetime, value: int) -> None:
    chosen = lecture(manager)
    image = queries.criteria_of(chosen)[0]
    customer = next(iter(queries.candidates(chosen, manager)))

    with pytest.raises(ValidationError, match="image: rate from 0 to 10"):
        actions.rate(by=manager, now=now, criterion=image, customer=customer, value=value)


def test_a_stranger_sees_no_candidate_and_rates_none(
    owner: Any, stranger: Any, now: datetime
) -> None:
    chosen = lecture(owner, owner=owner)
    image, customer = queries.criteria_of(chosen)[0], next(iter(queries.candidates(chosen, owner)))

    assert queries.candidates(chosen, stranger) == {}
    assert queries.hidden_candidates(chosen, stranger) == 13
    with pytest.raises(ValidationError, match="no candidate"):
        actions.rate(by=stranger, now=now, criterion=image, customer=customer, value=1)
    assert actions.choose(by=stranger, now=now, selection=chosen, customers=[customer]) == 0


def test_judgements_of_two_people_give_weights(
    manager: Any, administrator: Any, now: datetime
) -> None:
    chosen = lecture(manager)
    one, other, *rest = [each.pk for each in queries.criteria_of(chosen)]
    alike = {(one, number): 1.0 for number in rest}
    for person, times in ((manager, 2.0), (administrator, 8.0)):
        judged = {(one, other): times, **alike}
        actions.judge(by=person, now=now, selection=chosen, times=judged)

    actions.take_weights(by=manager, now=now, selection=chosen)

    weights = [each.weight for each in queries.criteria_of(chosen)]
    assert np.sum(weights) == pytest.approx(1, abs=0.001)
    assert weights[0] / weights[1] == pytest.approx(4, rel=0.01)  # the geometric mean of 2 and 8


def test_weights_need_judgements_that_hang_together(manager: Any, now: datetime) -> None:
    with pytest.raises(ValidationError, match="Compare the criteria first"):
        actions.take_weights(by=manager, now=now, selection=lecture(manager))


def test_a_ranking_that_was_kept_stays_when_weights_change(manager: Any, now: datetime) -> None:
    chosen = lecture(manager)
    kept = actions.keep_placing(by=manager, now=now, selection=chosen)

    Criterion.objects.filter(selection=chosen).update(weight=0)

    kept.refresh_from_db()
    assert [row["place"] for row in kept.content["rows"]] == list(range(1, 14))
    assert kept.content["weights"] == pytest.approx(0.95)


def test_the_chosen_become_key_accounts_once(manager: Any, now: datetime) -> None:
    chosen = lecture(manager)
    three = list(queries.candidates(chosen, manager))[:3]

    first, again = (
        actions.choose(by=manager, now=now, selection=chosen, customers=three) for _ in range(2)
    )

    assert (first, again, KeyAccount.objects.count()) == (3, 0, 3)
    assert AuditEvent.objects.filter(verb="selection.chosen").count() == 1


def test_only_who_may_edit_changes_anything(analyst: Any, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_selection(by=analyst, now=now, values={"name": "Mine"})


def test_a_removed_criterion_no_longer_counts_but_is_kept(manager: Any, now: datetime) -> None:
    chosen = lecture(manager)
    image = queries.criteria_of(chosen)[0]

    actions.remove_criterion(by=manager, now=now, criterion=image)

    assert image.name not in [each.name for each in queries.criteria_of(chosen)]
    assert Rating.objects.filter(criterion=image).exists()


def test_candidates_are_added_once_and_only_of_those_seen(
    owner: Any, stranger: Any, now: datetime
) -> None:
    chosen = lecture(owner, owner=owner)
    theirs, ours = CustomerFactory(owner=stranger).pk, CustomerFactory(owner=owner).pk

    added = actions.add_candidates(
        by=owner, now=now, selection=chosen, customers=[theirs, ours, ours]
    )

    assert added == 1
