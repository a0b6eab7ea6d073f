"""Start, compute and publish value runs.

start_run (a click, the command) -> job -> compute_run: read the lines, value them, store one row
per customer in slices, then switch the current run in one transaction. A killed job starts the
slices again; nobody sees a run before the switch.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people.queries import company
from mainstay.records.actions import record
from mainstay.shared.bulk import insert_rows
from mainstay.shared.jobs import current

from .models import CustomerValue, RunState, ValueRun

if TYPE_CHECKING:
    from mainstay.analysis.valuation import Valuation  # heavy, and only a run needs it

SLICE = 20_000  # rows in one transaction: short enough that other writers wait under a second


class CannotRun(Exception):
    """The run cannot be started, for the reason that the text gives."""


def start_run(*, by: Any, as_of: date, source_url: str = "", now: datetime) -> ValueRun:
    """Order a value run as of a day and return it; the worker computes it."""
    from .tasks import compute_run  # tasks stand on actions; this one only names its own successor

    with transaction.atomic():
        run = add_run(by=by, as_of=as_of, source_url=source_url, now=now)
        job = compute_run.enqueue(run_id=run.pk)
        ValueRun.objects.filter(pk=run.pk).update(job_id=job.id)
    return run


def add_run(*, by: Any, as_of: date, source_url: str = "", now: datetime) -> ValueRun:
    """Add a waiting run with the company's policy numbers frozen in it."""
    if as_of > now.date():
        raise CannotRun(_("The as-of day lies in the future; choose today or an earlier day."))
    with transaction.atomic():
        run = ValueRun.objects.create(
            as_of=as_of,
            source_url=source_url or settings.MIRROR_URL,
            parameters=policy(),
            started_by=by,
        )
        record(by=by, verb="value_run.started", target=run, new={"as_of": str(as_of)}, now=now)
    return run


def policy() -> dict[str, Any]:
    """Return the company's policy numbers that a run freezes."""
    own = company()
    return {
        "currency": own.currency,
        "time_zone": own.time_zone,
        "discount_rate": float(own.discount_rate),
        "abc_a": float(own.abc_a),
        "abc_b": float(own.abc_b),
        "default_margin": float(own.default_margin),
        "horizon_months": own.horizon_months,
    }


def begin(*, run: ValueRun) -> None:
    """Mark the run as running and drop what an interrupted attempt has stored."""
    with transaction.atomic():
        CustomerValue.objects.filter(run=run).delete()
        ValueRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, reason="")


def store(*, run: ValueRun, customers: pa.Table) -> None:
    """Store one row per customer, slice by slice; the run stays unseen until it is published."""
    stored = {field.attname: field.name for field in CustomerValue._meta.concrete_fields}
    table = customers.select([name for name in customers.column_names if name in stored])
    names = ["run", *(stored[name] for name in table.column_names)]
    for start in range(0, table.num_rows, SLICE):
        part = table.slice(start, SLICE)
        rows = zip([run.pk] * part.num_rows, *(c.to_pylist() for c in part.columns), strict=True)
        with transaction.atomic():
            insert_rows(CustomerValue, names, rows)
        done = start + part.num_rows
        current.report(done=done, total=table.num_rows, text=_("Storing customers"))


def publish(
    *, run: ValueRun, valuation: "Valuation", timings: dict[str, float], now: datetime
) -> None:
    """Complete the run and show it everywhere instead of the earlier one, at once."""
    with transaction.atomic():
        ValueRun.objects.filter(is_current=True).update(is_current=False)
        ValueRun.objects.filter(pk=run.pk).update(
            state=RunState.COMPLETE,
            is_current=True,
            summary=valuation.summary,
            fingerprint=valuation.fingerprint,
            customer_count=valuation.customers.num_rows,
            timings=timings,
            finished_at=now,
        )
        new = {"customers": valuation.customers.num_rows, "fingerprint": valuation.fingerprint}
        record(by=run.started_by, verb="value_run.published", target=run, new=new, now=now)


def stop(*, run: ValueRun, state: RunState, reason: str, now: datetime) -> None:
    """End the run without a result, with the reason that its page shows."""
    with transaction.atomic():
        CustomerValue.objects.filter(run=run).delete()
        ValueRun.objects.filter(pk=run.pk).update(state=state, reason=reason, finished_at=now)
        record(
            by=run.started_by,
            verb=f"value_run.{state}",
            target=run,
            new={"reason": reason},
            now=now,
        )
