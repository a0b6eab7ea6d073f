from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from mainstay.shared import trail
from mainstay.shared.jobs.models import Job, State

KEPT_DAYS = 90
FORGOTTEN_AT_ONCE = 5000


def enqueue(*, fields: dict[str, Any]) -> Job:
    """Write the job in the caller's transaction; the same key gives the job that has it."""
    key = fields.get("key")
    if key and (existing := Job.objects.filter(key=key).first()):
        return existing
    job = Job(**fields)
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        return Job.objects.get(key=key)
    job.refresh_from_db(fields=["enqueued_at", "run_at"])
    return job


@transaction.atomic
def cancel(*, by: Any, job: Job, now: datetime) -> None:
    """Stop a waiting job now and a running one at its next report; a finished one stays."""
    waiting = Job.objects.filter(pk=job.pk, state=State.WAITING)
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    changed = waiting.update(
        state=State.CANCELLED, cancel_requested=True, finished_at=Now()
    ) or running.update(cancel_requested=True)
    if changed:
        trail.record(by=by, verb="job.cancelled", target=job, now=now)


@transaction.atomic
def retry(*, by: Any, job: Job, now: datetime) -> None:
    """Put a dead or cancelled job back with all its attempts; it resumes at its checkpoint."""
    stopped = Job.objects.filter(pk=job.pk, state__in=[State.DEAD, State.CANCELLED])
    changed = stopped.update(
        state=State.WAITING,
        attempts=0,
        cancel_requested=False,
        run_at=Now(),
        finished_at=None,
        error="",
    )
    if changed:
        trail.record(by=by, verb="job.retried", target=job, now=now)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete jobs that ended long ago; dead ones stay until somebody has looked at them."""
    ended = Job.objects.filter(
        state__in=[State.DONE, State.CANCELLED], finished_at__lt=now - timedelta(days=KEPT_DAYS)
    )
    some = list(ended.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    return Job.objects.filter(pk__in=some).delete()[0]
