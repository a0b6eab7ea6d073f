"""The check of the file in the background."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from mainstay.shared.jobs import current


@task(title=_("Check the file of customers"))
def check_file(number: int) -> dict[str, int]:
    """Check every customer, going on where a worker that died had got to."""
    from . import actions, queries

    run = queries.run(number)
    try:
        actions.finish(run=run, now=timezone.now())
    except current.JobCancelled:
        actions.fail(run=run)
        raise
    return {"customers": run.customers, "found": run.found, "fixed": run.fixed}


@task(title=_("Check the file when it is time"))
def check_when_due() -> bool:
    from . import actions

    return actions.start_when_due(now=timezone.now())
