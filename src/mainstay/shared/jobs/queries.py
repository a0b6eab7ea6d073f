"""Reads of jobs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.functions import Now

from mainstay.shared import access
from mainstay.shared.jobs.models import Job, JobQuerySet, State

_NUMBER = re.compile(r"[0-9]{1,18}")
STATES = {"open": ("waiting", "running")} | {str(state): (str(state),) for state in State}
STATE_LABELS = list(State.choices)


@dataclass(frozen=True)
class Wish:
    """What the list shall show."""

    everybody: bool = False
    state: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        state = given.get("state", "")
        return cls(
            everybody=given.get("of") == "all",
            state=state if state in STATES else "",
            cursor=given.get("cursor", ""),
        )


def sees_all(user: Any) -> bool:
    return access.can(user, "jobs.admin")


def visible_to(user: Any) -> JobQuerySet:
    """Return everybody's jobs for those who run the site, else the user's own."""
    jobs: JobQuerySet = Job.objects.all()
    return jobs if sees_all(user) else jobs.filter(enqueued_by=str(user.pk))


def listed(user: Any, wish: Wish) -> JobQuerySet:
    jobs = visible_to(user)
    if not wish.everybody:
        jobs = jobs.filter(enqueued_by=str(user.pk))
    return jobs.filter(state__in=STATES[wish.state]) if wish.state else jobs


def find(number: str, *, among: JobQuerySet | None = None) -> Job | None:
    jobs = Job.objects.all() if among is None else among
    return jobs.filter(pk=int(number)).first() if _NUMBER.fullmatch(number) else None


def names_of(askers: Iterable[str]) -> dict[str, str]:
    """Return the names of those who asked, by the text kept in the job."""
    numbers = [int(number) for number in set(askers) if _NUMBER.fullmatch(number)]
    people = get_user_model()._default_manager.in_bulk(numbers)
    return {str(pk): str(user) for pk, user in people.items()}


def is_waiting(func: str) -> bool:
    """Answer whether a job for this function has yet to start, and is due."""
    return Job.objects.filter(func=func, state=State.WAITING, run_at__lte=Now()).exists()
