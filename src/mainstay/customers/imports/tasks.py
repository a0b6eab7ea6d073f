"""The background part of imports."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.shared.jobs import current


@task(title=_("Delete files of old imports"))
def delete_old_files() -> int:
    from mainstay.customers.imports.retention import actions

    return actions.delete_old_files(now=timezone.now())


@task(title=_("Import a file"))
def run(number: int) -> None:
    """Check or import the file, going on where a worker that died had got to."""
    from mainstay.customers.imports import process

    try:
        process.run(number=number, now=timezone.now())
    except current.JobCancelled:
        process.note_cancelled(number=number, now=timezone.now())
        raise
