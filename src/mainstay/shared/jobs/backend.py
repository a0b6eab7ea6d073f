"""The leased queue behind the `django.tasks` interface."""

from dataclasses import dataclass, replace
from typing import Any

from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from mainstay.shared import request_id
from mainstay.shared.jobs import actions, queries
from mainstay.shared.jobs.models import Job, State
from mainstay.shared.jobs.registry import task_of

STATUS = {
    State.WAITING: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.CANCELLED: TaskResultStatus.FAILED,
    State.DEAD: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task):  # type: ignore[type-arg,unused-ignore]
    """A task that knows its name on the screen, its patience, who asks for it and its key."""

    title: Any = ""
    max_attempts: int = 5
    by: str = ""
    key: str | None = None

    def using(self, *, by: Any = None, key: str | None = None, **changes: Any) -> "LeasedTask":
        """Return the task for this person, or with a key that lets it be enqueued only once."""
        given = {name: value for name, value in changes.items() if value is not None}
        who = str(by.pk) if by is not None and by.pk is not None else self.by
        return replace(self, by=who, key=key or self.key, **given)


class LeasedBackend(BaseTaskBackend):
    task_class = LeasedTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: LeasedTask, args: Any, kwargs: Any) -> TaskResult:
        """Write the job in the caller's transaction; the same key gives the same job."""
        self.validate_task(task)
        fields = {
            "func": task.module_path,
            "args": normalize_json(args),
            "kwargs": normalize_json(kwargs),
            "queue": task.queue_name,
            "priority": task.priority,
            "key": task.key,
            "max_attempts": task.max_attempts,
            "enqueued_by": task.by or request_id.person(),
        }
        if task.run_after:
            fields["run_at"] = task.run_after
        return result_of(actions.enqueue(fields=fields), task)

    def get_result(self, result_id: str) -> TaskResult:
        job = queries.find(result_id)
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, task_of(job.func))


def result_of(job: Job, task: LeasedTask) -> TaskResult:
    result = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS[State(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[
            TaskError(exception_class_path=failure["type"], traceback=failure["traceback"])
            for failure in job.failures
        ],
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
