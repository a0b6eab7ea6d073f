from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import models, transaction

from mainstay.records.models import AuditEvent, ErasureWarrant
from mainstay.records.rules import clean, plain
from mainstay.shared import bulk, request_id
from mainstay.shared.events.outbox import follow_record
from mainstay.shared.personal_data import subject_of_row

SYSTEM = "Mainstay"
ERASED = "(erased)"


def record(
    *,
    by: Any,
    verb: str,
    target: models.Model,
    now: datetime,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    """Add an audit event in the caller's transaction; `by=None` means the program itself."""
    _event(by=by, verb=verb, target=target, now=now, old=old, new=new).save(force_insert=True)
    follow_record(verb, [(target, old or {}, new or {})], now)


def record_many(
    *,
    by: Any,
    verb: str,
    changes: Iterable[tuple[models.Model, dict[str, Any], dict[str, Any]]],
    now: datetime,
) -> None:
    """Add an event for each (target, old, new), all in one go."""
    told = list(changes)
    events = [
        _event(by=by, verb=verb, target=target, now=now, old=old, new=new)
        for target, old, new in told
    ]
    bulk.insert_objects(events)
    follow_record(verb, told, now)


def _event(
    *,
    by: Any,
    verb: str,
    target: models.Model,
    now: datetime,
    old: dict[str, Any] | None,
    new: dict[str, Any] | None,
) -> AuditEvent:
    whom = subject_of_row(target)
    return AuditEvent(
        at=now,
        actor=clean(str(by), 200) if by is not None else SYSTEM,
        actor_id=str(by.pk) if by is not None else "",
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=clean(str(target), 300),
        old=plain(old or {}),
        new=plain(new or {}),
        request_id=request_id.current(),
        customer_id=min(whom.customers, default=None),
        contact_id=min(whom.contacts, default=None),
    )


@contextmanager
def warranted(reason: str) -> Iterator[None]:
    """Let names and values in events be replaced, until the end of the block."""
    with transaction.atomic():
        warrant = ErasureWarrant.objects.create(reason=clean(reason, 300))
        yield
        warrant.delete()
