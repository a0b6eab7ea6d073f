"""Reads of exports; who may export everything sees all of them."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mainstay.people.permissions import can

from .models import Export, State

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
