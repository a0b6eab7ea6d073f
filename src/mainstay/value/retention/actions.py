"""Forgetting what old value runs say of each customer; their sums stay."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mainstay.people.queries import company
from mainstay.records.actions import record
from mainstay.value import queries, snapshots
from mainstay.value.models import CustomerValue, ValueRun
from mainstay.value.stages import STAGES

from . import rules


def forget_old(*, now: datetime) -> int:
    """Forget the customers of runs that need not be kept; return of how many runs.

    Pages stop showing them first, then the rows go slice by slice; killed in between, the next
    day's job goes on.
    """
    kept = [(run.pk, localdate(run.finished_at or run.created_at)) for run in queries.hidden_runs()]
    months = company().keep_run_months
    numbers = rules.forgettable(kept, today=localdate(now), months=months)
    for run in ValueRun.objects.filter(pk__in=numbers):
        _note(run, months=months, now=now)
    for run in ValueRun.objects.filter(forgotten_at__isnull=False, customers_dropped=False):
        drop_customers(run)
        ValueRun.objects.filter(pk=run.pk).update(customers_dropped=True)
    return len(numbers)


def drop_customers(run: ValueRun) -> None:
    """Delete what a run that nobody sees says of each customer."""
    snapshots.drop(CustomerValue.objects.filter(run=run))
    for table in (table for stage in STAGES for table in stage.tables):
        snapshots.drop(table.objects.filter(run=run), along=("pk",))


@transaction.atomic
def _note(run: ValueRun, *, months: int, now: datetime) -> None:
    fresh = ValueRun.objects.filter(pk=run.pk, is_current=False, forgotten_at=None)
    if fresh.update(forgotten_at=now):
        old = {"customers": run.customer_count, "kept_months": months}
        record(by=None, verb="value_run.forgotten", target=run, old=old, now=now)
