"""Reads of relationships; those of an account begin with `workspace.queries.account`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Avg, Case, Max, QuerySet, When

from mainstay.account_plans import presets as wordings
from mainstay.account_plans.selection import queries as selection
from mainstay.analysis.accounts import relationship as figures
from mainstay.analysis.accounts.relationship import Spread

from . import tokens
from .choices import Side
from .models import Approach, Invitation, LevelNote, Rating, Wording
from .presets import Criterion, shipped


def criteria() -> list[Criterion]:
    """Return the criteria in use: the shipped ones as the company words them, and its own."""
    return wordings.merged(shipped(), Wording.objects.all(), _criterion)


def _criterion(row: Wording) -> Criterion:
    away = row.archived_at is not None
    words = (row.low, row.middle, row.high)
    return Criterion(row.key, row.name, row.question, *words, row.direction, away)


def archived() -> list[Wording]:
    return list(Wording.objects.exclude(archived_at=None))


@dataclass(frozen=True)
class Relation:
    """What counts of a customer's ratings: of each person the latest on each criterion."""

    criteria: list[Criterion]
    given: list[Rating]

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], list[Rating]]:
        found: dict[tuple[str, str], list[Rating]] = {}
        for row in self.given:
            found.setdefault((row.criterion, row.side), []).append(row)
        return found

    def of(self, key: str, side: str) -> list[Rating]:
        return self._by_place.get((key, side), [])

    def spread(self, key: str, side: str) -> Spread | None:
        return figures.spread([row.value for row in self.of(key, side) if row.value])

    def closeness(self, side: str) -> tuple[float | None, int]:
        """Return how close the side sees the relation, and by how many criteria."""
        spreads = {each.key: self.spread(each.key, side) for each in self.criteria}
        means = {key: found.mean for key, found in spreads.items() if found}
        directions = {each.key: each.direction for each in self.criteria}
        counted = sum(bool(directions[key]) for key in means)
        return figures.closeness(means, directions), counted

    def days(self, key: str, now: datetime) -> int | None:
        """Return how old the oldest rating is that counts, of either side."""
        given = [*self.of(key, Side.OURS), *self.of(key, Side.THEIRS)]
        return max(((now - row.at).days for row in given), default=None)

    @property
    def unrated(self) -> list[Criterion]:
        return [each for each in self.criteria if not self.of(each.key, Side.OURS)]

    @property
    def disputed(self) -> list[Criterion]:
        spreads = [(each, self.spread(each.key, Side.OURS)) for each in self.criteria]
        return [each for each, found in spreads if found and found.is_disputed]


def relation(customer: int) -> Relation:
    return relations([customer])[customer]


def relations(customers: Sequence[int]) -> dict[int, Relation]:
    """Return the relation with each of these customers, in two queries."""
    rows = Rating.objects.filter(customer__in=customers).order_by("pk")
    latest: dict[tuple[Any, ...], Rating] = {}
    for row in rows.select_related("by", "invitation__contact"):
        rater = (row.by_id, row.invitation_id)
        latest[row.customer_id, row.criterion, *(rater if any(rater) else ("", row.pk))] = row
    used = criteria()
    found: dict[int, Relation] = {number: Relation(used, []) for number in customers}
    for row in latest.values():
        if row.value is not None:
            found[row.customer_id].given.append(row)
    return found


@dataclass(frozen=True)
class Closeness:
    """How close one side sees a relation, by how many criteria, and when it was rated last."""

    share: float | None
    criteria: int
    latest_at: datetime


def closeness_of(customers: Sequence[int], side: str) -> dict[int, Closeness]:
    """Return how close a side sees the relation with each of these customers, as `Relation` does.

    The database takes of each person the latest and means them: a row for each criterion is read.
    """
    rows = Rating.objects.filter(customer__in=customers, side=side).order_by()
    nobody = Case(When(by=None, invitation=None, then="pk"))  # who is erased stays somebody
    persons = rows.values("customer", "criterion", "by", "invitation", nobody=nobody)
    latest = persons.annotate(last=Max("pk")).values("last")
    counting = Rating.objects.filter(pk__in=latest, value__isnull=False).order_by()
    means = counting.values("customer", "criterion").annotate(mean=Avg("value"), at=Max("at"))
    by_customer: dict[int, dict[str, Any]] = {}
    for row in means:
        by_customer.setdefault(row["customer"], {})[row["criterion"]] = row
    directions = {each.key: each.direction for each in criteria()}
    return {number: _closeness(seen, directions) for number, seen in by_customer.items()}


def _closeness(seen: dict[str, Any], directions: dict[str, int]) -> Closeness:
    means = {key: float(row["mean"]) for key, row in seen.items() if key in directions}
    counted = sum(bool(directions[key]) for key in means)
    latest = max(row["at"] for row in seen.values())
    return Closeness(figures.closeness(means, directions), counted, latest)


def history(customer: int, key: str) -> QuerySet[Rating]:
    rows = Rating.objects.filter(customer=customer, criterion=key).order_by("-pk")
    return rows.select_related("by", "invitation__contact")


def own_ratings(customer: int, user: Any) -> dict[str, Rating]:
    """Return what the user thinks of each criterion."""
    rows = Rating.objects.filter(customer=customer, by=user, side=Side.OURS).order_by("pk")
    return {row.criterion: row for row in rows}


def invitations(customer: int) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(customer=customer, withdrawn_at=None)
    return rows.select_related("contact", "by").order_by("-pk")


def invitation(customer: int, *, pk: int) -> Invitation | None:
    return invitations(customer).filter(pk=pk).first()


def invited(token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation that the token opens, if it may still be answered."""
    known = tokens.read(token)
    if known is None:
        return None
    rows = Invitation.objects.filter(
        pk=known[0], nonce=known[1], expires_at__gt=now, answered_at=None, withdrawn_at=None
    )
    rows = rows.filter(contact__archived_at=None, customer__archived_at=None)
    return rows.select_related("contact", "customer").first()


def approach(customer: int) -> Approach | None:
    rows = Approach.objects.filter(customer=customer).select_related("by")
    return rows.order_by("-pk").first()


def levels(customer: int) -> QuerySet[LevelNote]:
    return LevelNote.objects.filter(customer=customer).select_related("by").order_by("-pk")


def others(user: Any, customer: int) -> list[tuple[int, str]]:
    """Return the other key accounts that the user may see, to compare with."""
    rows = selection.key_accounts(user).exclude(customer=customer)
    return list(rows.values_list("customer", "customer__name"))
