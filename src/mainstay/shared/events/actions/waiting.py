"""What waits to be sent, and what became of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from mainstay.shared import trail
from mainstay.shared.events import queries, rules
from mainstay.shared.events.messages import Message
from mainstay.shared.events.models import (
    Attempt,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
    Event,
)
from mainstay.shared.events.sending import Answer

SUBJECTS_A_DELIVERY = 100
HELD = timedelta(minutes=2)
KEPT = timedelta(days=30)
LONGEST_LOG = 8000
FORGOTTEN_AT_ONCE = 5000


def keep(name: str, *, parts: Iterable[Any], endpoints: Iterable[int], now: datetime) -> None:
    """Write a row for each part and endpoint, in the caller's transaction."""
    Event.objects.bulk_create(
        Event(endpoint_id=endpoint, name=name, items=items, at=now)
        for items in parts
        for endpoint in endpoints
    )


def hold(endpoint: int, *, now: datetime) -> bool:
    """Take the endpoint for this worker alone; answer whether it was free and is active."""
    free = Q(held_until=None) | Q(held_until__lt=now)
    rows = Endpoint.objects.filter(free, pk=endpoint, state=EndpointState.ACTIVE)
    return bool(rows.update(held_until=now + HELD))


def release(endpoint: int) -> None:
    Endpoint.objects.filter(pk=endpoint).update(held_until=None)


@transaction.atomic
def next_delivery(endpoint: int, *, now: datetime) -> Delivery | None:
    """Return the oldest waiting delivery, made of waiting events if there is none.

    Nothing overtakes it: until it is accepted or given up, the later ones wait.
    """
    still = Endpoint.objects.filter(pk=endpoint, state=EndpointState.ACTIVE)
    if not still.update(held_until=now + HELD):
        return None
    oldest = queries.waiting(endpoint).first()
    if oldest is None and (rows := _fitting(endpoint)):
        Event.objects.filter(pk__in=rows).update(packed=True)
        Delivery.objects.create(endpoint_id=endpoint, events=rows, created_at=now, next_at=now)
        oldest = queries.waiting(endpoint).first()
    return oldest


def _fitting(endpoint: int) -> list[int]:
    """Return the oldest rows that one delivery carries: at least one, together few subjects."""
    some = queries.unpacked(endpoint).values_list("pk", "items")[:SUBJECTS_A_DELIVERY]
    taken: list[int] = []
    room = SUBJECTS_A_DELIVERY
    for number, items in some:
        room -= len(items)
        if taken and room < 0:
            break
        taken.append(number)
    return taken


@transaction.atomic
def note(*, delivery: Delivery, message: Message, answer: Answer, now: datetime) -> None:
    """Keep what was asked and answered; an answer that is no acceptance sets the next attempt."""
    Attempt.objects.create(
        delivery=delivery,
        at=now,
        milliseconds=answer.milliseconds,
        status=answer.status,
        request=message.logged[:LONGEST_LOG],
        response=answer.text,
        problem=answer.problem[:300],
    )
    delivery.attempts += 1
    wait = None if answer.status == rules.GONE else rules.pause_after(delivery.attempts)
    if answer.accepted:
        _finish(delivery, DeliveryState.DONE, now)
        Endpoint.objects.filter(pk=delivery.endpoint_id).update(given_up_in_a_row=0)
    elif wait is not None:
        delivery.next_at = now + wait
        delivery.save(update_fields=["attempts", "next_at"])
    else:
        _finish(delivery, DeliveryState.DEAD, now)
        _count_failure(delivery.endpoint_id, answer, now)


def _finish(delivery: Delivery, state: DeliveryState, now: datetime) -> None:
    delivery.state, delivery.finished_at = state, now
    delivery.save(update_fields=["state", "finished_at", "attempts"])


def _count_failure(endpoint_id: int, answer: Answer, now: datetime) -> None:
    found = Endpoint.objects.filter(pk=endpoint_id)
    found.update(given_up_in_a_row=F("given_up_in_a_row") + 1)
    endpoint = found.get()
    count = endpoint.given_up_in_a_row
    if rules.gives_up_endpoint(status=answer.status, given_up_in_a_row=count):
        why = answer.problem or _("It answered %(status)s.") % {"status": answer.status}
        found.update(state=EndpointState.PAUSED, paused_because=why[:300])
        trail.record(by=None, verb="webhook.paused", target=endpoint, new={"why": why}, now=now)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete what was sent long ago, with its log; what waits stays."""
    past = now - KEPT
    settled = Delivery.objects.exclude(state=DeliveryState.WAITING).filter(created_at__lt=past)
    some = list(settled.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    count = Delivery.objects.filter(pk__in=some).delete()[0]
    kept: set[int] = set()
    for numbers in Delivery.objects.filter(created_at__lt=past).values_list("events", flat=True):
        kept |= set(numbers)
    told = Event.objects.filter(at__lt=past, packed=True)
    old = [pk for pk in told.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE] if pk not in kept]
    return count + Event.objects.filter(pk__in=old).delete()[0]
