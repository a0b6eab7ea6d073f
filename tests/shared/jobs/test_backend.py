import pytest
from django.db import transaction
from django_tasks import TaskResultStatus

from mainstay.people.models import User
from mainstay.shared.jobs.models import Job

from . import sample

pytestmark = pytest.mark.django_db


def test_enqueue_writes_a_waiting_job():
    result = sample.add.enqueue(2, b=3)

    job = Job.objects.get()
    assert (job.func, job.args, job.kwargs) == ("tests.shared.jobs.sample.add", [2], {"b": 3})
    assert result.id == str(job.pk)
    assert sample.add.get_result(result.id).status == TaskResultStatus.READY


def test_a_job_vanishes_with_its_transaction():
    with transaction.atomic():
        sample.add.enqueue(2, 3)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_the_same_key_is_the_same_job():
    first = sample.add.using(key="once").enqueue(2, 3)
    second = sample.add.using(key="once").enqueue(4, 5)

    assert first.id == second.id
    assert Job.objects.get().args == [2, 3]


def test_a_job_knows_who_asked():
    user = User.objects.create_user("owner@example.com", name="Owner")

    sample.add.using(by=user).enqueue(2, 3)

    assert Job.objects.get().enqueued_by == str(user.pk)
