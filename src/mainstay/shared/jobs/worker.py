"""The worker: claim a job, run it while its lease is renewed, write the outcome, again."""

import logging
import os
import secrets
import socket
import threading
import traceback
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks import TaskContext
from django_tasks.utils import normalize_json

from mainstay.shared.jobs import current, schedule
from mainstay.shared.jobs.actions import claims
from mainstay.shared.jobs.actions.leases import Lease, holding
from mainstay.shared.jobs.backend import result_of
from mainstay.shared.jobs.models import Job
from mainstay.shared.jobs.registry import task_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How long a silent worker keeps a job, the first pause after a failure, the idle pause."""

    lease_seconds: float = 30
    backoff_seconds: float = 5
    poll_seconds: float = 1


class Worker:
    def __init__(self, *, pace: Pace | None = None, queues: tuple[str, ...] = ("default",)) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"[-120:]
        self.pace = pace or Pace()
        self.queues = queues
        self._stopping = threading.Event()
        self._lease: Lease | None = None

    def stop(self) -> None:
        """Take no new job; the running one goes back to the queue at its next report."""
        self._stopping.set()
        if self._lease:
            self._lease.stopping = True

    def run(self) -> None:
        """Work until stopped; a database that is away for a while only delays the work."""
        logger.info("Worker %s starts.", self.name)
        while not self._stopping.is_set():
            try:
                close_old_connections()
                worked = self.work_once(beating=True)
            except DatabaseError as error:
                logger.warning("Worker %s waits for the database: %s", self.name, error)
                connection.close()
                worked = False
            if not worked:
                self._stopping.wait(self.pace.poll_seconds)
        logger.info("Worker %s ends.", self.name)

    def drain(self) -> int:
        """Run what is due now in this thread, without heartbeat; return how many jobs ran."""
        count = 0
        while not self._stopping.is_set() and self.work_once(beating=False):
            count += 1
        return count

    def work_once(self, *, beating: bool) -> bool:
        schedule.enqueue_due(now=timezone.now())
        job = claims.claim(worker=self.name, queues=self.queues, seconds=self.pace.lease_seconds)
        if job is None:
            return False
        lease = Lease(job=job, seconds=self.pace.lease_seconds, beating=beating)
        self._lease = lease
        lease.stopping = self._stopping.is_set()
        self._run(job, lease, beating=beating)
        self._lease = None
        return True

    def _run(self, job: Job, lease: Lease, *, beating: bool) -> None:
        logger.info("Job %s: %s starts, attempt %s.", job.pk, job.func, job.attempts)
        try:
            with holding(lease, beating=beating):
                result = _call(job)
        except current.LeaseLost:
            logger.warning("Job %s: another worker owns it now; dropped.", job.pk)
        except current.JobCancelled:
            claims.stop(lease)
        except current.WorkerStopping:
            claims.hand_back(lease)
        except current.JobRefused as error:
            claims.refuse(lease, job, error=error)
        except Exception as error:
            logger.warning("Job %s: %s failed.", job.pk, job.func, exc_info=error)
            self._fail(job, lease, error)
        else:
            claims.finish(lease, result=result)

    def _fail(self, job: Job, lease: Lease, error: Exception) -> None:
        trace = "".join(traceback.format_exception(error))
        backoff = self.pace.backoff_seconds
        claims.fail(lease, job, error=error, trace=trace, backoff=backoff)


def _call(job: Job) -> Any:
    task = task_of(job.func)
    context = [TaskContext(task_result=result_of(job, task))] if task.takes_context else []
    return normalize_json(task.call(*context, *job.args, **job.kwargs))
