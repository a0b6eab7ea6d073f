"""The outbox: written with the change or not at all, and only where somebody subscribed.

A row holds numbers and names of fields, never what they contain: that is read when it is sent, with
the rights of the endpoint's owner. One row carries up to a hundred subjects, so that an import
costs a hundredth of its rows where it is subscribed to, and one question where it is not.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Model

from mainstay.shared.events.catalogue import event_for

SUBJECTS_A_ROW = 100
AT_ONCE = 100 * SUBJECTS_A_ROW

Payload = Mapping[str, Any]
Subjects = Iterable[tuple[int, Payload]]


def emit(name: str, *, subject: Model, now: datetime, payload: Payload | None = None) -> None:
    """Tell subscribers that this happened to the subject; `payload`: numbers and field names."""
    emit_many(name, subjects=[(subject.pk, payload or {})], now=now)


def emit_many(name: str, *, subjects: Subjects, now: datetime) -> None:
    """Tell subscribers of many subjects at once; `subjects` is read only if there are any."""
    from mainstay.shared.events import actions, queries

    subscribed = queries.subscribed(name)
    if not subscribed:
        return
    rest = iter(subjects)
    while items := [[number, dict(told)] for number, told in islice(rest, AT_ONCE)]:
        parts = [items[n : n + SUBJECTS_A_ROW] for n in range(0, len(items), SUBJECTS_A_ROW)]
        actions.keep(name, parts=parts, endpoints=subscribed, now=now)
    transaction.on_commit(_wake, robust=True)


def follow_record(
    verb: str,
    changes: Iterable[tuple[Model, Mapping[str, Any], Mapping[str, Any]]],
    now: datetime,
) -> None:
    """Emit what follows the verb of the audit log, with the names of the fields that changed."""
    if name := event_for(verb):
        subjects = ((target.pk, _changed(old, new)) for target, old, new in changes)
        emit_many(name, subjects=subjects, now=now)


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Payload:
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    return {"changed": names} if old and names else {}


def _wake() -> None:
    from mainstay.shared.events.tasks import wake

    wake()
