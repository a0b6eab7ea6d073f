"""Tasks for tests."""

from django_tasks import task

from mainstay.shared.jobs import current
from mainstay.shared.jobs.models import Job


@task()
def add(a, b):
    current.report(done=1, total=1, text="Added")
    return a + b


@task(title="Trip over", max_attempts=3)
def trip():
    raise ValueError("Row 7 is crooked")


@task()
def refuse():
    raise current.JobRefused("The file has no header.")


@task()
def half():
    """Do the first half, fail; do the rest when resumed."""
    if current.resumed() == {"line": 5}:
        return "rest"
    current.checkpoint({"line": 5})
    raise ConnectionError("The wire is cut")


@task()
def interrupted(change):
    """Let the world change the job under its feet, then report."""
    Job.objects.filter(pk=current.job_id()).update(**change)
    current.report(done=1)
    lease = current._lease.get()
    lease.renew()
    lease.raise_if_stopped()
    return "finished"


@task()
def unreadable_result():
    return object()
