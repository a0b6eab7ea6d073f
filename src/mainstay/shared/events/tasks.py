"""Sending what waits: one endpoint at a time, its deliveries one after the other."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay import __version__
from mainstay.shared.events import actions, queries
from mainstay.shared.events.messages import message_of
from mainstay.shared.events.sending import Answer, post
from mainstay.shared.events.signing import secrets_of, signatures
from mainstay.shared.jobs import current
from mainstay.shared.jobs import queries as jobs

MOST_IN_A_ROW = 1000


def wake() -> None:
    """Have a worker send what waits, unless one is about to."""
    if not jobs.is_waiting(send_waiting.module_path):
        send_waiting.enqueue()


@task(title=_("Send events to webhooks"), max_attempts=3)
def send_waiting() -> dict[str, int]:
    """Send to each endpoint what waits for it; a failed one is tried again by a job of its own."""
    sent = 0
    for endpoint in queries.with_work():
        sent += deliver(endpoint)
    return {"deliveries": sent}


@task(title=_("Forget old webhook logs"))
def forget_old() -> int:
    return actions.forget_old(now=timezone.now())


def deliver(endpoint: int) -> int:
    """Send to one endpoint until nothing is due; return how many deliveries were tried."""
    sent = 0
    if not actions.hold(endpoint, now=timezone.now()):
        return sent
    try:
        while sent < MOST_IN_A_ROW and (delivery := _due(endpoint)):
            current.report(done=sent)
            _send(delivery)
            sent += 1
    finally:
        actions.release(endpoint)
    _come_again(endpoint)
    return sent


def _due(endpoint: int) -> Any:
    now = timezone.now()
    delivery = actions.next_delivery(endpoint, now=now)
    return delivery if delivery and delivery.next_at <= now else None


def _come_again(endpoint: int) -> None:
    """Enqueue the next attempt, or the rest where there was too much for one go."""
    if endpoint not in queries.with_work():
        return
    waiting = queries.waiting(endpoint).first()
    at: datetime = waiting.next_at if waiting else timezone.now()
    send_waiting.using(run_after=at, key=f"events.retry:{endpoint}:{at.isoformat()}").enqueue()


def _send(delivery: Any) -> None:
    message = message_of(delivery)
    now = timezone.now()
    if not message.events:
        nothing = Answer(status=204, problem=str(_("The owner may see none of this; not sent.")))
        actions.note(delivery=delivery, message=message, answer=nothing, now=now)
        return
    timestamp = int(now.timestamp())
    secrets = secrets_of(delivery.endpoint, now)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Mainstay/{__version__}",
        "Mainstay-Delivery": str(delivery.pk),
        "Mainstay-Timestamp": str(timestamp),
        "Mainstay-Signature": signatures(secrets=secrets, timestamp=timestamp, body=message.body),
    }
    answer = post(
        delivery.endpoint.url,
        body=message.body,
        headers=headers,
        networks=settings.WEBHOOK_NETWORKS,
    )
    actions.note(delivery=delivery, message=message, answer=answer, now=now)
