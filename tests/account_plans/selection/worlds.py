"""Selections to test with: the thirteen clients of the lecture, rated by rank."""

from typing import Any

from mainstay.account_plans.models import Candidate, Criterion, Rating, Selection
from mainstay.account_plans.selection.choices import Nature
from tests.analysis.accounts.golden import CLIENTS, WEIGHTS
from tests.conftest import NOW
from tests.factories.customers import CustomerFactory


def lecture(by: Any, *, owner: Any = None) -> Selection:
    """Return the lecture's selection; ratings are its ranks, which give the same ranks again."""
    chosen = Selection.objects.create(name="Lecture", first=3, by=by)
    criteria = [
        Criterion.objects.create(selection=chosen, name=name, weight=weight, place=place)
        for place, (name, weight) in enumerate(WEIGHTS.items())
    ]
    for name, (ranks, _total, _place) in CLIENTS.items():
        customer = CustomerFactory(name=name, owner=owner)
        Candidate.objects.create(selection=chosen, customer=customer, added_at=NOW)
        Rating.objects.bulk_create(
            Rating(criterion=criterion, customer=customer, value=rank, by=by, at=NOW)
            for criterion, rank in zip(criteria, ranks, strict=True)
            if rank
        )
    return chosen


def gate(chosen: Selection, name: str = "Strategic fit") -> Criterion:
    return Criterion.objects.create(selection=chosen, name=name, nature=Nature.GATE, place=9)
