"""Making exports, and letting old ones go."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from mainstay.shared.jobs import current

from . import actions, queries
from .choices import State
from .refusals import Refused


@task(title=gettext_lazy("Export of everything"))
def make_export(export_id: int) -> None:
    """Write the file; cancelled, nothing of it is left."""
    export = queries.by_number(export_id)
    if export is None or export.state != State.WAITING:
        return
    try:
        actions.make(export=export, now=timezone.now(), report=_report)
    except current.JobCancelled:
        actions.stop(export=export, state=State.CANCELLED)
        raise
    except Refused as refusal:
        actions.stop(export=export, state=State.FAILED, reason=str(refusal)[:300])
        raise current.JobRefused(str(refusal)) from refusal


@task()
def forget_exports() -> None:
    actions.delete_old(now=timezone.now())


def _report(table: str, done: int, total: int) -> None:
    current.report(done=done, total=total, text=_("Writing %(table)s") % {"table": table})
