"""Tasks for tests."""

from django_tasks import task

from mainstay.shared.jobs import current


@task()
def add(a, b):
    current.report(done=1, total=1, text="Added")
    return a + b


@task(title="Trip over", max_attempts=3)
def trip():
    raise ValueError("Row 7 is crooked")
