from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from mainstay.records.models import AuditEvent, ErasureWarrant
from mainstay.records.rules import clean, plain
from mainstay.shared import request_id
from mainstay.shared.events.outbox import follow_record

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
    """Add an event for each (target, old, new), in one statement for a thousand."""
    told = list(changes)
    events = [
        _event(by=by, verb=verb, target=target, now=now, old=old, new=new)
        for target, old, new in told
    ]
    AuditEvent.objects.bulk_create(events, batch_size=1000)
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
    )


@transaction.atomic
def erase_content(*, by: Any, target: models.Model, reason: str, now: datetime) -> int:
    """Blank names and values in every event about the target; that they happened stays."""
    warrant = ErasureWarrant.objects.create(reason=reason)
    events = AuditEvent.objects.filter(
        target_type=target._meta.label_lower, target_id=str(target.pk)
    )
    count = events.update(target_label=ERASED, old={}, new={})
    warrant.delete()
    AuditEvent.objects.create(
        at=now,
        actor=clean(str(by), 200) if by is not None else SYSTEM,
        actor_id=str(by.pk) if by is not None else "",
        verb="records.erased",
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=ERASED,
        new={"reason": clean(reason, 300), "events": count},
        request_id=request_id.current(),
    )
    return count
