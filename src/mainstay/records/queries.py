"""Reads of the audit log."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date

from mainstay.records.models import AuditEvent
from mainstay.shared import access

Events = models.QuerySet[AuditEvent]
RECENT = 2000
LONGEST_TERM = 200
_UNFIT = re.compile(r"[\x00-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class Wish:
    """What the page of events shall show; an unreadable day is shown back with a sentence."""

    actor: str = ""
    verb: str = ""
    target: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        names = cls.__dataclass_fields__
        return cls(**{n: _UNFIT.sub("", given.get(n, ""))[:LONGEST_TERM].strip() for n in names})

    @property
    def unreadable(self) -> list[str]:
        return [text for text in (self.since, self.until) if text and _day(text) is None]

    def query(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


def history_of(target: models.Model) -> Events:
    """Return the events about one thing, latest first; who may see it may see its history."""
    return AuditEvent.objects.filter(
        target_type=target._meta.label_lower, target_id=str(target.pk)
    ).order_by("-at", "-id")


def kept_from(user: Any, target_type: str) -> frozenset[str]:
    """Return the names under which events hold what the user may not see.

    An event tells of a record and of what hangs on it, so the names of all kinds are kept back.
    """
    return access.hidden(user, target_type.partition(".")[0])


def visible_to(user: Any) -> Events:
    return AuditEvent.objects.all() if access.can(user, "records.view") else _none()


def listed(user: Any, wish: Wish) -> Events:
    events = visible_to(user)
    if wish.actor:
        events = events.filter(actor=wish.actor)
    if wish.verb:
        events = events.filter(verb=wish.verb)
    if wish.target:
        events = events.filter(target_label__icontains=wish.target)
    if since := _day(wish.since):
        events = events.filter(at__gte=_midnight(since))
    if until := _day(wish.until):
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return events


def recent(user: Any, field: str) -> list[str]:
    """Return the values of the field among the latest events, to choose from."""
    latest = visible_to(user).order_by("-at", "-id").values_list(field, flat=True)[:RECENT]
    return sorted(set(latest))


def _none() -> Events:
    return AuditEvent.objects.none()


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and date(1900, 1, 1) < day < date(9000, 1, 1) else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
