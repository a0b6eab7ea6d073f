"""Reads of selections: their parts, and the ranking that follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Count, Max, Q, QuerySet

from mainstay.analysis.accounts import ranking as weighted
from mainstay.analysis.accounts.pairwise import Judged, judged, together
from mainstay.analysis.accounts.sensitivity import Range, sensitivity
from mainstay.customers.queries import visible_to

from . import measures
from .choices import Nature
from .models import Candidate, Criterion, Judgement, KeyAccount, Placing, Rating, Selection

PROPOSED = 50
MOST_CRITERIA, MOST_CANDIDATES = 15, 500


def selections() -> QuerySet[Selection]:
    """Return the selections in use, the latest first, with how many criteria and candidates."""
    rows = Selection.objects.filter(archived_at=None).select_related("by")
    in_use = Q(criteria__archived_at=None)
    return rows.annotate(
        criteria_count=Count("criteria", filter=in_use, distinct=True),
        candidate_count=Count("candidates", distinct=True),
    ).order_by("-pk")


def selection(*, pk: int) -> Selection | None:
    return Selection.objects.filter(pk=pk, archived_at=None).first()


def criteria_of(chosen: Selection) -> list[Criterion]:
    return list(chosen.criteria.filter(archived_at=None))


def key_accounts(user: Any) -> QuerySet[KeyAccount]:
    """Return the key accounts that the user may see, by name; not those merged into others."""
    rows = KeyAccount.objects.filter(archived_at=None, customer__in=visible_to(user))
    rows = rows.filter(customer__archived_at=None)
    return rows.select_related("customer__owner", "selection").order_by("customer__sort_name")


def candidates(chosen: Selection, user: Any) -> dict[int, str]:
    """Return number and name of the candidates that the user may see, by name."""
    rows = Candidate.objects.filter(
        selection=chosen, customer__in=visible_to(user), customer__archived_at=None
    )
    return dict(
        rows.order_by("customer__sort_name", "pk").values_list("customer", "customer__name")
    )


def hidden_candidates(chosen: Selection, user: Any) -> int:
    """Return how many candidates the user may not see; ranks are among the others."""
    rows = Candidate.objects.filter(selection=chosen, customer__archived_at=None)
    return rows.exclude(customer__in=visible_to(user)).count()


def latest_ratings(chosen: Selection, customers: Sequence[int]) -> list[Rating]:
    """Return what counts: the latest rating of each customer on each criterion in use."""
    rows = Rating.objects.filter(
        criterion__selection=chosen, criterion__archived_at=None, customer__in=customers
    )
    latest = rows.order_by().values("criterion", "customer").annotate(last=Max("pk"))
    return list(Rating.objects.filter(pk__in=latest.values("last")).select_related("by"))


def placings(chosen: Selection) -> QuerySet[Placing]:
    return chosen.placings.select_related("by").order_by("-pk")


@dataclass(frozen=True)
class Ranked:
    """The candidates of a selection as they stand now."""

    selection: Selection
    criteria: list[Criterion]
    names: dict[int, str]
    given: list[Rating]
    figures: dict[str, dict[int, float]]

    @cached_property
    def numbers(self) -> list[int]:
        return list(self.names)

    @cached_property
    def weighing(self) -> list[Criterion]:
        """Return the criteria that count; gates only let through."""
        return [each for each in self.criteria if each.nature != Nature.GATE]

    @cached_property
    def gates(self) -> list[Criterion]:
        return [each for each in self.criteria if each.nature == Nature.GATE]

    @cached_property
    def rated(self) -> dict[tuple[int, int], Rating]:
        """Return what counts by criterion and customer, without what was taken back."""
        return {(r.criterion_id, r.customer_id): r for r in self.given if r.value is not None}

    def value(self, criterion: Criterion, customer: int) -> float | None:
        if criterion.nature == Nature.MEASURED:
            return self.figures.get(criterion.measure, {}).get(customer)
        rating = self.rated.get((criterion.pk, customer))
        return rating.value if rating else None

    @cached_property
    def compared_by(self) -> list[weighted.Criterion]:
        return [
            weighted.Criterion(
                each.name,
                each.weight,
                nothing_up_to=_floor(each.measure),
                low=0.0 if each.nature == Nature.RATED else None,
                high=10.0 if each.nature == Nature.RATED else None,
            )
            for each in self.weighing
        ]

    @cached_property
    def ranking(self) -> weighted.Ranking:
        rows = [[self.value(c, n) for c in self.weighing] for n in self.numbers]
        table = np.array(rows, dtype=float).reshape(len(self.numbers), len(self.weighing))
        return weighted.ranking(table, self.compared_by, scale=self.selection.scale)

    @cached_property
    def sensitivity(self) -> list[Range]:
        return sensitivity(self.ranking, self.compared_by, first=self.selection.first)

    def failed(self, customer: int) -> list[Criterion]:
        """Return the gates that the customer does not meet."""
        return [gate for gate in self.gates if self.value(gate, customer) == 0]

    def missing(self, customer: int) -> list[Criterion]:
        return [each for each in self.criteria if self.value(each, customer) is None]

    @cached_property
    def order(self) -> list[int]:
        """Return the rows from the first place to the last; who fails a gate stands at the end."""
        shut = [bool(self.failed(number)) for number in self.numbers]
        return sorted(
            range(len(self.numbers)), key=lambda row: (shut[row], self.ranking.places[row])
        )


def ranked(chosen: Selection, user: Any) -> Ranked:
    """Return the ranking among the candidates that the user may see."""
    names, criteria = candidates(chosen, user), criteria_of(chosen)
    wanted = [each.measure for each in criteria if each.nature == Nature.MEASURED]
    figures = measures.measured(user, wanted, customers=names)
    return Ranked(chosen, criteria, names, latest_ratings(chosen, list(names)), figures)


def proposed(chosen: Selection, user: Any) -> list[tuple[int, str, float]]:
    """Return the customers of the whole base that the measured criteria put first.

    They are ranked among all whom the user may see, not among the candidates: number, name, total.
    """
    criteria = [c for c in criteria_of(chosen) if c.nature == Nature.MEASURED and c.weight > 0]
    figures = measures.measured(user, [c.measure for c in criteria])
    numbers = sorted(set().union(*figures.values())) if figures else []
    if not numbers:
        return []
    found = weighted.ranking(
        measures.table(numbers, [figures[c.measure] for c in criteria]),
        [weighted.Criterion(c.name, c.weight, nothing_up_to=_floor(c.measure)) for c in criteria],
    )
    known = set(candidates(chosen, user))
    best = [row for row in np.argsort(found.places, kind="stable") if numbers[row] not in known]
    first = {numbers[row]: float(found.totals[row]) for row in best[:PROPOSED]}
    names = dict(visible_to(user).filter(pk__in=first).values_list("pk", "name"))
    return [(n, names[n], total / len(numbers)) for n, total in first.items() if n in names]


def _floor(measure: str) -> float | None:
    return 0.0 if measure in measures.ABOVE_NOTHING else None


@dataclass(frozen=True)
class Weighed:
    """What pairwise judgements say of the weights; `why` where they say nothing yet."""

    result: Judged | None
    people: int
    why: str = ""


def weighed(criteria: Sequence[Criterion]) -> Weighed:
    """Return the weights that all judgements together mean, by geometric means."""
    place = {each.pk: n for n, each in enumerate(criteria)}
    rows = Judgement.objects.filter(one__in=place, other__in=place)
    by_person: dict[int, Any] = {}
    for row in rows:
        shape = (len(place), len(place))
        matrix = by_person.setdefault(row.by_id, np.full(shape, np.nan))
        matrix[place[row.one_id], place[row.other_id]] = row.times
    if not by_person:
        return Weighed(None, 0)
    try:
        return Weighed(judged(together(list(by_person.values()))), len(by_person))
    except ValueError as reason:
        return Weighed(None, len(by_person), str(reason))


def judgements_of(user: Any, criteria: Sequence[Criterion]) -> dict[tuple[int, int], float]:
    rows = Judgement.objects.filter(by=user, one__in=[each.pk for each in criteria])
    return {(one, other): times for one, other, times in rows.values_list("one", "other", "times")}


def figures_of(user: Any, customer: int, names: Sequence[str]) -> dict[str, float | None]:
    """Return figures of one customer; None for what is not known."""
    found = measures.measured(user, names, customers=[customer])
    return {name: found[name].get(customer) for name in names}
