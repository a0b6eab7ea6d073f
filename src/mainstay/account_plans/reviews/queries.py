"""Reads of review meetings; they begin with `workspace.queries.account`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from mainstay.account_plans.team import queries as team

from .models import Decision, Meeting, Participant, Point


def meetings(customer: int) -> QuerySet[Meeting]:
    """Return the reviews of an account, the latest day first."""
    rows = Meeting.objects.filter(customer=customer, archived_at=None)
    return rows.select_related("by").order_by("-held_on", "-pk")


def meeting(customer: int, pk: int | None) -> Meeting | None:
    return meetings(customer).filter(pk=pk).first() if pk else None


def before(meeting: Meeting) -> Meeting | None:
    """Return the review held before this one."""
    earlier = Q(held_on__lt=meeting.held_on) | Q(held_on=meeting.held_on, pk__lt=meeting.pk)
    return meetings(meeting.customer_id).filter(earlier, held_at__isnull=False).first()


def latest_held(customer: int) -> Meeting | None:
    return meetings(customer).filter(held_at__isnull=False).first()


def points(meeting: Meeting) -> list[Point]:
    return list(meeting.points.order_by("place", "pk"))


def participants(meetings: Iterable[int]) -> dict[int, list[Participant]]:
    """Return by meeting who takes part, ours first."""
    rows = Participant.objects.filter(meeting__in=list(meetings)).order_by("-is_ours", "pk")
    found: dict[int, list[Participant]] = {}
    for row in rows:
        found.setdefault(row.meeting_id, []).append(row)
    return found


def decisions(customer: int) -> QuerySet[Decision]:
    """Return the decisions of all reviews of the account with their tasks, in order."""
    rows = Decision.objects.filter(meeting__customer=customer, meeting__archived_at=None)
    rows = rows.select_related("owner", "task__assignee", "meeting")
    return rows.order_by("meeting__held_on", "pk")


def followed_up(meeting: Meeting) -> list[Decision]:
    """Return what is followed up at a meeting: the last review's, and what is open of earlier ones.

    What was done or dropped before the last review was told there.
    """
    last = before(meeting)
    if last is None:
        return []
    rows = decisions(meeting.customer_id).filter(meeting__held_on__lte=last.held_on)
    rows = rows.exclude(meeting=meeting)
    return list(rows.filter(Q(meeting=last) | Q(task__state="open")))


def staff_at(account: Any) -> set[int]:
    """Return who of us may be expected at a review: owner, team, whoever plans it or was there."""
    there = Participant.objects.filter(meeting__customer=account.pk, user__isnull=False)
    found = {account.customer.owner_id, account.user.pk, *there.values_list("user", flat=True)}
    found.update(row.user_id for row in team.team(account.customer))
    return {number for number in found if number is not None}


def rhythm(customers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return by customer when the last review was held, and when the next one is planned."""
    rows = Meeting.objects.filter(customer__in=customers, archived_at=None).values("customer")
    is_held = Q(held_at__isnull=False)
    found = rows.annotate(
        held=Max("held_on", filter=is_held),
        planned=Min("held_on", filter=~is_held),
        reviews=Count("pk", filter=is_held),
    )
    return {row["customer"]: dict(row) for row in found.order_by()}
