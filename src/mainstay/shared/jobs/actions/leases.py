"""A worker's hold on one job. Every write says: only while my fence is on the row."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.models.functions import Now

from mainstay.shared.jobs import current
from mainstay.shared.jobs.models import Job

logger = logging.getLogger(__name__)

SHOWN_EVERY_SECONDS = 0.5
BEATS_PER_LEASE = 4


class Lease:
    def __init__(self, *, job: Job, seconds: float, beating: bool) -> None:
        self.pk, self.fence = job.pk, job.fence
        self.checkpoint: dict[str, Any] = dict(job.checkpoint)
        self.seconds = seconds
        self.progress = {"done": job.done, "total": job.total, "text": job.text}
        self.cancelled = self.lost = self.stopping = False
        self._beating = beating
        self._written_at = self._renewed_at = time.monotonic()
        self._changed = False

    def report(self, *, done: int | None, total: int | None, text: str | None) -> None:
        new = {"done": done, "total": total, "text": text and text[:300]}
        self.progress |= {name: value for name, value in new.items() if value is not None}
        self._changed = True
        if self._writes_itself() and time.monotonic() - self._written_at > SHOWN_EVERY_SECONDS:
            self.renew()
        self.raise_if_stopped()

    def raise_if_stopped(self) -> None:
        if self.lost:
            raise current.LeaseLost
        if self.cancelled:
            raise current.JobCancelled
        if self.stopping:
            raise current.WorkerStopping

    def keep(self, data: dict[str, Any]) -> None:
        kept = Job.objects.held(pk=self.pk, fence=self.fence).update(
            checkpoint=data, lease_until=self.until(), **self.progress
        )
        if not kept:
            self.lost = True
            raise current.LeaseLost
        self.checkpoint = data

    def renew(self) -> None:
        """Extend the lease, show the progress, and learn whether the user cancelled."""
        mine = Job.objects.held(pk=self.pk, fence=self.fence)
        if mine.update(lease_until=self.until(), **self.progress):
            self.cancelled = mine.filter(cancel_requested=True).exists()
            self._written_at = self._renewed_at = time.monotonic()
            self._changed = False
        else:
            self.lost = True

    def until(self) -> Any:
        return Now() + timedelta(seconds=self.seconds)

    def _writes_itself(self) -> bool:
        # SQLite has one writer: while the job holds it, the beating thread could only wait,
        # so the job renews its lease inside its own transaction.
        blocks_beat = connection.vendor == "sqlite" and connection.in_atomic_block
        return not self._beating or blocks_beat

    def beat(self) -> None:
        """Renew when due; a database that cannot be reached for a whole lease means it is lost."""
        now = time.monotonic()
        due = now - self._renewed_at > self.seconds / BEATS_PER_LEASE
        if not (due or (self._changed and now - self._written_at > SHOWN_EVERY_SECONDS)):
            return
        try:
            self.renew()
        except DatabaseError as error:
            logger.warning("Job %s: heartbeat failed: %s", self.pk, error)
            self.lost = self.lost or time.monotonic() - self._renewed_at > self.seconds


@contextmanager
def holding(lease: Lease, *, beating: bool) -> Iterator[Lease]:
    """Make the lease the current one, with a thread that renews it until the block ends."""
    token = current._lease.set(lease)
    stop = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(stop, lease), name="heartbeat", daemon=True)
    if beating:
        thread.start()
    try:
        yield lease
    finally:
        stop.set()
        current._lease.reset(token)
        if beating:
            thread.join(timeout=lease.seconds)


def _beat_until(stop: threading.Event, lease: Lease) -> None:
    pause = min(SHOWN_EVERY_SECONDS, lease.seconds / BEATS_PER_LEASE)
    try:
        while not stop.wait(pause):
            lease.beat()
    finally:
        connection.close()
