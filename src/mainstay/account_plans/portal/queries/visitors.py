"""Reads for who is invited: each begins with the visit and finds what it may show, and no more."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from mainstay.account_plans.portal import tokens
from mainstay.account_plans.portal.models import Invitation, SharedAction, Stage, Visit, Work
from mainstay.account_plans.portal.queries import in_order
from mainstay.account_plans.selection.models import KeyAccount


@dataclass(frozen=True)
class Visitor:
    """A person of the customer, on a visit by invitation."""

    visit: Visit

    @property
    def invitation(self) -> Invitation:
        return self.visit.invitation

    @property
    def contact(self) -> Any:
        return self.invitation.contact

    @property
    def customer(self) -> Any:
        return self.invitation.customer


def _holds(now: datetime, path: str = "") -> Q:
    """Return the condition under which an invitation opens anything.

    Policy: who left the customer or was put away, and whoever was invited by an account that is
    no key account any more, sees nothing from that moment on.
    """
    today: date = timezone.localdate(now)
    chosen = KeyAccount.objects.filter(archived_at=None).values("customer")
    at = f"{path}contact__affiliations__"
    still = Q(**{f"{at}to_date": None}) | Q(**{f"{at}to_date__gte": today})
    return (
        Q(**{f"{path}withdrawn_at": None, f"{path}expires_at__gt": now})
        & Q(**{f"{path}contact__archived_at": None, f"{path}customer__archived_at": None})
        & Q(**{f"{path}customer__in": chosen})
        & Q(**{f"{at}customer": F(f"{path}customer")})
        & still
    )


def invited(token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation that the token opens today."""
    rows = Invitation.objects.filter(_holds(now), token_hash=tokens.hash_of(token))
    return rows.select_related("contact", "customer").first()


def visitor(key: str, *, now: datetime) -> Visitor | None:
    """Return who comes with this key, if they may still come in."""
    rows = Visit.objects.filter(
        _holds(now, "invitation__"),
        key_hash=tokens.hash_of(key),
        ended_at=None,
        expires_at__gt=now,
    )
    found = rows.select_related("invitation__contact", "invitation__customer").first()
    return Visitor(found) if found else None


def works(who: Visitor) -> QuerySet[Work]:
    """Return the works shared with the visitor's customer, each with its shared stages."""
    rows = Work.objects.filter(customer=who.customer, shared=True, archived_at=None)
    stages = in_order(Stage.objects.filter(shared=True))
    rows = rows.select_related("ours", "theirs").prefetch_related(Prefetch("stages", stages))
    return rows.order_by("finished_on", "-pk")


def work(who: Visitor, pk: int | None) -> Work | None:
    return works(who).filter(pk=pk).first() if pk else None


def stage(who: Visitor, about: Work, pk: int | None) -> Stage | None:
    rows = Stage.objects.filter(work__customer=who.customer, work=about, shared=True)
    return rows.filter(pk=pk).first() if pk else None


def agreed(who: Visitor) -> QuerySet[SharedAction]:
    """Return the actions shared with the visitor's customer; cancelled ones are left out."""
    rows = SharedAction.objects.filter(action__customer=who.customer)
    rows = rows.exclude(action__task__state="cancelled").select_related("action__task__assignee")
    return rows.order_by("action__task__due_date", "pk")
