"""Idempotency keys: the answer of a write stands in the write's own transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from mainstay.shared.models import KeptAnswer, RequestCount
from mainstay.shared.rest.problems import Refused

KEPT_DAYS = 7
FORGOTTEN_AT_ONCE = 5000


def claim_key(*, owner: str, key: str, fingerprint: str, now: datetime) -> KeptAnswer:
    """Return the new or stored answer of the key, or refuse a key used for another request.

    Two requests with one key at the same time: the second waits here for the first to commit.
    """
    fresh = KeptAnswer(owner=owner, key=key, fingerprint=fingerprint, at=now)
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        kept = KeptAnswer.objects.get(owner=owner, key=key)
    else:
        return fresh
    if kept.fingerprint != fingerprint:
        raise Refused(409, _("This Idempotency-Key was used for another request; draw a new one."))
    return kept


def keep_answer(*, answer: KeptAnswer, status: int, body: dict[str, Any]) -> None:
    answer.status, answer.body = status, body
    answer.save(update_fields=["status", "body"])


def forget_answers(*, now: datetime) -> int:
    old = KeptAnswer.objects.filter(at__lt=now - timedelta(days=KEPT_DAYS))
    some = list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    return KeptAnswer.objects.filter(pk__in=some).delete()[0]


def claim_requests(*, client: str, minute: int, number: int, most: int) -> int:
    """Return how many of `number` more requests the client may make in this minute.

    One statement, so that no two processes are granted the same request.
    """
    table = RequestCount._meta.db_table
    sql = (
        f"INSERT INTO {table} (client, minute, granted) VALUES (%s, %s, %s) "  # noqa: S608  our own name
        "ON CONFLICT (client) DO UPDATE SET minute = excluded.minute, granted = excluded.granted + "
        f"CASE WHEN {table}.minute = excluded.minute THEN {table}.granted ELSE 0 END "
        "RETURNING granted"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [client, minute, number])
        granted = int(cursor.fetchone()[0])
    return max(0, min(number, most - (granted - number)))
