"""Reads of exports; who may export everything sees all of them."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mainstay.people.permissions import can
from mainstay.shared.jobs import queries as jobs

from .choices import State
from .models import Export

LATEST = 20


def visible_to(user: Any) -> QuerySet[Export]:
    exports = Export.objects.select_related("made_by").order_by("-pk")
    return exports if can(user, "everything.export") else exports.none()


def by_number(number: int) -> Export | None:
    return Export.objects.filter(pk=number).first()


def ready(user: Any, number: int, *, now: datetime) -> Export | None:
    """Return the export if its file may be downloaded still."""
    found = visible_to(user).filter(pk=number, state=State.COMPLETE, kept_until__gt=now)
    return found.first()


def latest(user: Any) -> list[Export]:
    return list(visible_to(user)[:LATEST])


def outcome(export: Export) -> State:
    """Return the state of an export, also where its job has died."""
    if export.state != State.WAITING:
        return State(export.state)
    job = jobs.find(export.job_id)
    if job is not None and job.is_open:
        return State.WAITING
    return State.CANCELLED if job is not None and job.state == "cancelled" else State.FAILED
