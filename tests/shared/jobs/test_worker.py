from datetime import timedelta

import pytest
from django.utils import timezone

from mainstay.shared.jobs import current, schedule, worker
from mainstay.shared.jobs.actions import claims
from mainstay.shared.jobs.actions.leases import Lease
from mainstay.shared.jobs.models import Job, State

from . import sample

pytestmark = pytest.mark.django_db
AT_ONCE = worker.Pace(backoff_seconds=-1)  # due again a second ago


@pytest.fixture(autouse=True)
def _nothing_scheduled(monkeypatch):
    monkeypatch.setattr(schedule, "_repeated", {})


def run(pace=AT_ONCE):
    worker.Worker(pace=pace).drain()
    return Job.objects.latest("pk")


def claimed(name="first"):
    return claims.claim(worker=name, queues=("default",), seconds=30)


def make_orphan(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_runs_and_keeps_its_result():
    sample.add.enqueue(2, 3)

    job = run()

    assert (job.state, job.result, job.attempts) == (State.DONE, 5, 1)
    assert (job.done, job.total, job.text) == (1, 1, "Added")
    assert job.finished_at
    assert job.lease_until is None


def test_a_failing_job_is_tried_again_and_then_given_up():
    sample.trip.enqueue()

    job = run()

    assert (job.state, job.attempts, job.error) == (State.DEAD, 3, "Row 7 is crooked")
    assert [failure["attempt"] for failure in job.failures] == [1, 2, 3]
    assert "ValueError: Row 7 is crooked" in job.failures[0]["traceback"]


def test_a_failed_job_waits_before_it_is_tried_again():
    sample.trip.enqueue()

    job = run(worker.Pace(backoff_seconds=60))

    assert (job.state, job.attempts) == (State.WAITING, 1)
    assert timedelta(seconds=25) < job.run_at - timezone.now() < timedelta(seconds=91)


def test_pauses_double_and_end_at_ten_minutes():
    assert 2.5 <= claims.pause(1, 5) <= 7.5
    assert 20 <= claims.pause(4, 5) <= 60
    assert claims.pause(30, 5) <= 900


def test_a_refused_job_is_not_tried_again():
    sample.refuse.enqueue()

    job = run()

    assert (job.state, job.attempts, job.error) == (State.DEAD, 1, "The file has no header.")


def test_a_job_resumes_at_its_checkpoint():
    sample.half.enqueue()

    job = run()

    assert (job.state, job.result, job.attempts) == (State.DONE, "rest", 2)


def test_a_job_of_an_unknown_task_is_given_up_with_a_sentence():
    Job.objects.create(func="mainstay.nowhere.nothing", max_attempts=1)

    assert run().error == "This program has no task called mainstay.nowhere.nothing."


def test_a_result_that_is_no_json_is_an_error():
    sample.unreadable_result.enqueue()

    assert run().state == State.DEAD


def test_a_cancelled_job_ends_at_its_next_report():
    sample.interrupted.enqueue({"cancel_requested": True})

    assert run().state == State.CANCELLED


def test_the_outcome_of_a_lost_job_is_dropped():
    sample.interrupted.enqueue({"fence": 77})

    job = run()

    assert (job.state, job.fence, job.result) == (State.RUNNING, 77, None)


def test_a_stopping_worker_hands_its_job_back():
    sample.interrupted.enqueue({})
    stopping = worker.Worker(pace=AT_ONCE)
    stopping.stop()

    stopping.work_once(beating=False)

    job = Job.objects.get()
    assert (job.state, job.attempts, job.failures) == (State.WAITING, 0, [])


def test_only_one_worker_gets_a_job():
    sample.add.enqueue(2, 3)

    assert claimed("first").worker == "first"
    assert claimed("second") is None


def test_the_job_of_a_silent_worker_goes_to_the_next_with_a_higher_fence():
    sample.add.enqueue(2, 3)
    first = claimed("first")
    make_orphan(first)

    second = claimed("second")

    assert (second.pk, second.fence, second.attempts) == (first.pk, first.fence + 1, 2)
    assert second.failures[0]["kind"] == "lost"
    lease = Lease(job=first, seconds=30, beating=False)
    assert not claims.finish(lease, result=1)
    with pytest.raises(current.LeaseLost):
        lease.keep({"line": 1})
    assert claims.finish(Lease(job=second, seconds=30, beating=False), result=2)


def test_a_job_that_kills_its_workers_is_given_up():
    sample.trip.enqueue()
    for _attempt in range(3):
        make_orphan(claimed())

    assert claimed() is None
    assert Job.objects.get().state == State.DEAD


def test_urgent_jobs_go_first_and_later_ones_wait():
    sample.add.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(0, 0)
    plain = sample.add.enqueue(1, 1)
    urgent = sample.add.using(priority=10).enqueue(2, 2)

    assert [str(claimed().pk), str(claimed().pk), claimed()] == [urgent.id, plain.id, None]


def test_each_slot_of_a_schedule_is_enqueued_once(monkeypatch):
    monkeypatch.setattr(schedule, "_enqueued", {})
    schedule.every(minutes=60, name="add", task=sample.trip)
    now = timezone.now().replace(minute=1)

    for moment in [now, now + timedelta(minutes=50), now + timedelta(minutes=61)]:
        schedule._enqueued.clear()  # as if each were another worker
        schedule.enqueue_due(now=moment)

    assert Job.objects.count() == 2


def test_an_idle_worker_only_reads(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert claimed() is None
