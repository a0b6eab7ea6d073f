"""Sending again, and sending a test."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.shared import access, trail
from mainstay.shared.events import queries
from mainstay.shared.events.actions.endpoints import wake
from mainstay.shared.events.actions.waiting import SUBJECTS_A_DELIVERY
from mainstay.shared.events.models import Delivery, Endpoint

MOST_REPLAYED = 100_000


@transaction.atomic
def send_test(*, by: Any, now: datetime, endpoint: Endpoint) -> Delivery:
    """Send an event that means nothing, behind what waits already."""
    return _queued(by, now, endpoint, "webhook.tested", [[]], {})[0]


@transaction.atomic
def replay(*, by: Any, now: datetime, delivery: Delivery) -> Delivery:
    """Send the same events again, told as they stand now; each keeps its number."""
    there = [row.pk for row in queries.rows_of(delivery)]
    if len(there) != len(delivery.events):
        raise ValidationError(_("These events are older than 30 days and no longer kept."))
    told = {"delivery": delivery.pk}
    return _queued(by, now, delivery.endpoint, "webhook.replayed", [there], told)[0]


@transaction.atomic
def replay_range(
    *, by: Any, now: datetime, endpoint: Endpoint, since: datetime, until: datetime
) -> int:
    """Send again what happened from then until before then; return how many deliveries wait."""
    if until <= since:
        raise ValidationError({"until": _("The end lies before the beginning; exchange them.")})
    rows = queries.happened(endpoint, since=since, until=until).filter(packed=True)
    found = list(rows.values_list("pk", "items")[: MOST_REPLAYED + 1])
    if not found:
        raise ValidationError(_("Nothing was sent to this endpoint for that time."))
    if len(found) > MOST_REPLAYED:
        raise ValidationError(_("That is too much at once; choose a shorter time."))
    parts: list[list[int]] = []
    room = 0
    for number, items in found:
        if room < len(items):
            parts.append([])
            room = SUBJECTS_A_DELIVERY
        parts[-1].append(number)
        room -= len(items)
    told = {"since": since.isoformat(), "until": until.isoformat()}
    return len(_queued(by, now, endpoint, "webhook.replayed", parts, told))


def _queued(
    by: Any, now: datetime, endpoint: Endpoint, verb: str, parts: list[list[int]], told: Any
) -> list[Delivery]:
    access.require(by, "api.use")
    rows = Delivery.objects.bulk_create(
        (
            Delivery(endpoint=endpoint, events=part, replay=bool(part), created_at=now, next_at=now)
            for part in parts
        ),
        batch_size=500,
    )
    trail.record(by=by, verb=verb, target=endpoint, new=told, now=now)
    transaction.on_commit(wake, robust=True)
    return rows
