"""Starting and ending checks of the file."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.customers.quality import queries
from mainstay.customers.quality.models import Finding, Run, State
from mainstay.people.permissions import require
from mainstay.records.actions import record

from . import checking

RIGHT = "quality.run"
# Somebody may want to see who put right what; a year later nobody does.
KEPT = timedelta(days=400)


@transaction.atomic
def start(*, by: Any, now: datetime) -> Run:
    """Have the whole file checked by a worker."""
    from mainstay.customers.quality.tasks import check_file

    if by is not None:
        require(by, RIGHT)
    if queries.open_run(now):
        raise ValidationError(_("A check is under way; wait until it has ended."))
    run = Run.objects.create(started_at=now, started_by=by)
    run.job_id = check_file.using(by=by).enqueue(number=run.pk).id
    run.save(update_fields=["job_id"])
    record(by=by, verb="quality.check_started", target=run, now=now)
    return run


def start_when_due(*, now: datetime) -> bool:
    """Start a check when the latest is older than the plan wants; answer whether it did."""
    every, latest = queries.plan().every_days, queries.runs().first()
    due = latest is None or now - latest.started_at >= timedelta(days=every)
    if not every or not due or queries.open_run(now):
        return False
    start(by=None, now=now)
    return True


def run_now(*, now: datetime) -> Run:
    """Check the whole file here and now, for the command line."""
    if queries.open_run(now):
        raise ValidationError(_("A check is under way; wait until it has ended."))
    run = Run.objects.create(started_at=now)
    finish(run=run, now=timezone.now())
    return run


def finish(*, run: Run, now: datetime) -> None:
    """Check every customer and note what came of it; a run that ended stays as it is."""
    if run.finished_at is not None:
        return
    checking.check_all(run=run, today=timezone.localdate(run.started_at))
    with transaction.atomic():
        run.finished_at = now
        run.save()
        old = Finding.objects.filter(state=State.FIXED, closed_at__lt=run.started_at - KEPT)
        old.delete()


def fail(*, run: Run) -> None:
    """Drop a run that was cancelled or could not end; what it found of its parts stays."""
    Run.objects.filter(pk=run.pk, finished_at=None).delete()
