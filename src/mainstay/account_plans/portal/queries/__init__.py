"""Reads of works, invitations and feedback for our side."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, Prefetch, Q, QuerySet

from mainstay.account_plans.action_plans import queries as action_plans
from mainstay.account_plans.portal.models import (
    Comment,
    Invitation,
    Opinion,
    SharedAction,
    Stage,
    Work,
)
from mainstay.customers import queries as customers

MOST_SHOWN = 200  # of what was said about a work


def in_order(stages: QuerySet[Stage]) -> QuerySet[Stage]:
    """Return stages by when they were to begin; without a day they come last."""
    return stages.order_by(F("planned_from").asc(nulls_last=True), "pk")


def works(customer: Any) -> QuerySet[Work]:
    """Return the works of a customer with their stages, the running ones first."""
    rows = Work.objects.filter(customer=customer, archived_at=None)
    rows = rows.select_related("ours", "theirs").order_by(
        F("finished_on").desc(nulls_first=True), "-pk"
    )
    return rows.prefetch_related(Prefetch("stages", in_order(Stage.objects.all())))


def work(customer: Any, pk: int | None) -> Work | None:
    return works(customer).filter(pk=pk).first() if pk else None


def stage(about: Work, pk: int | None) -> Stage | None:
    return Stage.objects.filter(work=about, pk=pk).first() if pk else None


def comments(about: Work) -> list[Comment]:
    """Return the thread of a work, oldest first; of a very long one the latest."""
    rows = Comment.objects.filter(work=about).select_related("contact", "by")
    return list(rows.order_by("-at", "-pk")[:MOST_SHOWN])[::-1]


@dataclass
class Opinions:
    """The latest opinion of each person on each stage, and on the whole (None)."""

    of_stage: dict[int | None, list[Opinion]] = field(default_factory=dict)

    @property
    def all(self) -> list[Opinion]:
        return [row for rows in self.of_stage.values() for row in rows]

    @property
    def mean(self) -> float | None:
        marks = [row.mark for row in self.all]
        return sum(marks) / len(marks) if marks else None

    def by(self, contact: Any) -> dict[int | None, Opinion]:
        return {row.stage_id: row for row in self.all if row.contact_id == contact.pk}


def opinions(numbers: list[int]) -> dict[int, Opinions]:
    """Return what is thought of each of these works, in one query."""
    rows = Opinion.objects.filter(work__in=numbers).select_related("contact", "stage", "task")
    latest = {(row.work_id, row.stage_id, row.contact_id): row for row in rows.order_by("pk")}
    found = {number: Opinions() for number in numbers}
    for row in latest.values():
        found[row.work_id].of_stage.setdefault(row.stage_id, []).append(row)
    return found


def feedback_visible_to(user: Any, model: type[Opinion] | type[Comment]) -> QuerySet[Any]:
    """Return what was said about works of the customers whom the user may see."""
    rows = model._default_manager.filter(customers.reach(user, "work__customer__"))
    return rows.select_related("work", "contact")


def present_people(customer: Any, today: date) -> QuerySet[Any]:
    """Return the contacts who work at the customer today."""
    there = customers.affiliations(customer).filter(Q(to_date=None) | Q(to_date__gte=today))
    people = customers.contacts_at(customer).filter(pk__in=there.order_by().values("contact"))
    return people.order_by("sort_name", "pk")


def invitations(customer: Any) -> QuerySet[Invitation]:
    """Return who was invited and when they came last; withdrawn invitations are left out."""
    rows = Invitation.objects.filter(customer=customer, withdrawn_at=None)
    rows = rows.annotate(last_visit=Max("visits__began_at"))
    return rows.select_related("contact", "by").order_by("-pk")


def invitation(customer: Any, pk: int | None) -> Invitation | None:
    return invitations(customer).filter(pk=pk).first() if pk else None


def to_send(pk: int, *, now: datetime) -> Invitation | None:
    """Return the invitation that is still to be mailed."""
    rows = Invitation.objects.filter(pk=pk, withdrawn_at=None, expires_at__gt=now)
    return rows.exclude(contact__email="").select_related("contact", "customer", "by").first()


def shared_actions(customer: Any) -> dict[int, SharedAction]:
    """Return what the customer sees of the actions, by number of the action."""
    rows = SharedAction.objects.filter(action__customer=customer)
    return {row.action_id: row for row in rows}


def actions(customer: Any) -> list[tuple[Any, SharedAction | None]]:
    """Return the actions of the account, each with what is shared of it."""
    shared = shared_actions(customer)
    return [(row, shared.get(row.pk)) for row in action_plans.planned(customer)]
