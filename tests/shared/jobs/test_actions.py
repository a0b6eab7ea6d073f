from datetime import timedelta

import pytest
from django.utils import timezone

from mainstay.records import queries as records
from mainstay.shared.jobs import actions
from mainstay.shared.jobs.models import Job, State

from . import sample

pytestmark = pytest.mark.django_db


def job_in(state, **fields):
    lease = timezone.now() if state == State.RUNNING else None
    return Job.objects.create(func=sample.add.module_path, state=state, lease_until=lease, **fields)


@pytest.mark.parametrize(
    ("state", "after", "requested"),
    [
        (State.WAITING, State.CANCELLED, True),
        (State.RUNNING, State.RUNNING, True),
        (State.DONE, State.DONE, False),
    ],
)
def test_cancel(state, after, requested):
    job = job_in(state)

    actions.cancel(by=None, job=job, now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == (after, requested)
    assert records.history_of(job).exists() is requested


@pytest.mark.parametrize("state", [State.DEAD, State.CANCELLED])
def test_retry_gives_all_attempts_back_and_keeps_the_checkpoint(state):
    job = job_in(state, attempts=5, checkpoint={"line": 9}, error="No")

    actions.retry(by=None, job=job, now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.attempts, job.checkpoint) == (State.WAITING, 0, {"line": 9})
    assert [event.verb for event in records.history_of(job)] == ["job.retried"]


def test_old_jobs_are_forgotten_but_not_the_dead():
    old = timezone.now() - timedelta(days=91)
    for state in [State.DONE, State.CANCELLED, State.DEAD]:
        job_in(state, finished_at=old)
    job_in(State.DONE, finished_at=timezone.now())

    actions.forget_old(now=timezone.now())

    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE, State.DEAD}
    assert Job.objects.count() == 2
