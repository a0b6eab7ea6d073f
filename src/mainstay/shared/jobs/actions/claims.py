"""Taking a job and letting it go. The fence number decides: who changed it first, owns the job."""

import logging
import random
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from mainstay.shared.jobs.actions.leases import Lease
from mainstay.shared.jobs.models import Job, State

logger = logging.getLogger(__name__)

LONGEST_PAUSE_SECONDS = 600
LONGEST_TEXT = 1000
LONGEST_TRACEBACK = 8000


def claim(*, worker: str, queues: tuple[str, ...], seconds: float) -> Job | None:
    """Take the most urgent due job, counting the attempt; None when nothing is due."""
    due = Job.objects.due(queues)
    while due.exists():  # a read first: an idle worker must not take SQLite's write lock
        with transaction.atomic():
            job: Job | None = _locked(due).first()
            if job is None:
                return None
            if job.state == State.RUNNING and _closed_after_loss(job):
                continue
            if _taken(job, worker=worker, seconds=seconds):
                job.refresh_from_db()
                return job
    return None


def _locked(due: Any) -> Any:
    if connection.features.has_select_for_update_skip_locked:
        return due.select_for_update(skip_locked=True)
    return due


def _taken(job: Job, *, worker: str, seconds: float) -> bool:
    lost = [failure(job, kind="lost")] if job.state == State.RUNNING else []
    return bool(
        Job.objects.filter(pk=job.pk, fence=job.fence).update(
            state=State.RUNNING,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            worker=worker,
            lease_until=Now() + timedelta(seconds=seconds),
            started_at=Coalesce(F("started_at"), Now()),
            attempted_at=Now(),
            failures=job.failures + lost,
        )
    )


def _closed_after_loss(job: Job) -> bool:
    """Close a job whose worker fell silent if the user cancelled it or it has no attempts left."""
    if not job.cancel_requested and job.attempts < job.max_attempts:
        return False
    state = State.CANCELLED if job.cancel_requested else State.DEAD
    Job.objects.filter(pk=job.pk, fence=job.fence).update(
        state=state,
        fence=F("fence") + 1,
        lease_until=None,
        finished_at=Now(),
        failures=[*job.failures, failure(job, kind="lost")],
    )
    logger.warning("Job %s (%s) is %s: its worker fell silent.", job.pk, job.func, state)
    return True


def failure(job: Job, *, kind: str, error: BaseException | None = None, trace: str = "") -> Any:
    return {
        "kind": kind,
        "attempt": job.attempts,
        "at": timezone.now().isoformat(),
        "worker": job.worker,
        "type": f"{type(error).__module__}.{type(error).__qualname__}" if error else "",
        "text": _storable(str(error or ""), LONGEST_TEXT),
        "traceback": _storable(trace[-LONGEST_TRACEBACK:], LONGEST_TRACEBACK),
    }


def _storable(text: str, longest: int) -> str:
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()[:longest]


def finish(lease: Lease, *, result: Any) -> bool:
    return _settle(lease, state=State.DONE, result=result, error="")


def stop(lease: Lease) -> bool:
    return _settle(lease, state=State.CANCELLED)


def refuse(lease: Lease, job: Job, *, error: BaseException) -> bool:
    """Give up at once: trying again cannot help."""
    entry = failure(job, kind="refused", error=error)
    return _settle(lease, state=State.DEAD, error=entry["text"], failures=[*job.failures, entry])


def hand_back(lease: Lease) -> bool:
    """Return the job untouched because this worker stops; the attempt does not count."""
    return _settle(
        lease, state=State.WAITING, run_at=Now(), attempts=F("attempts") - 1, finished_at=None
    )


def fail(lease: Lease, job: Job, *, error: BaseException, trace: str, backoff: float) -> bool:
    """Try again later, or move the job to the dead letters after its last attempt."""
    entry = failure(job, kind="error", error=error, trace=trace)
    changes: dict[str, Any] = {"error": entry["text"], "failures": [*job.failures, entry]}
    if job.attempts >= job.max_attempts:
        logger.error("Job %s (%s) is given up after %s attempts.", job.pk, job.func, job.attempts)
        return _settle(lease, state=State.DEAD, **changes)
    again = Now() + timedelta(seconds=pause(job.attempts, backoff))
    return _settle(lease, state=State.WAITING, run_at=again, finished_at=None, **changes)


def pause(attempts: int, backoff: float) -> float:
    """Double the pause with each attempt, and spread it: failed jobs must not march in step."""
    base: float = min(backoff * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS)
    return base * random.uniform(0.5, 1.5)  # noqa: S311 (spreads load, guards nothing)


def _settle(lease: Lease, **changes: Any) -> bool:
    changes = {"finished_at": Now(), "lease_until": None} | lease.progress | changes
    held = Job.objects.held(pk=lease.pk, fence=lease.fence)
    settled = bool(held.update(**changes))
    if not settled:
        logger.warning("Job %s: another worker owns it now; this outcome is dropped.", lease.pk)
    return settled
