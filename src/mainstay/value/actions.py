"""Start, compute and publish value runs.

start_run (a click, the command) -> job -> compute_run: read the lines, value them, store one row
per customer in slices, then switch the current run in one transaction. A killed job starts the
slices again; nobody sees a run before the switch.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mainstay.customers.queries import everybody, sources
from mainstay.people.permissions import require
from mainstay.people.queries import company
from mainstay.records.actions import record
from mainstay.shared.bulk import insert_rows
from mainstay.shared.jobs import current

from .models import CustomerValue, RunState, ValueRun
from .stages import STAGES

if TYPE_CHECKING:
    from mainstay.analysis.valuation import Valuation  # heavy, and only a run needs it

LONGEST_URL = 500
SLICE = 5_000  # rows in one transaction: short enough that other writers wait under a second


class CannotRun(Exception):
    """The run cannot be started, for the reason that the text gives."""


def start_run(
    *, by: Any, as_of: date, source_url: str = "", source_name: str = "", now: datetime
) -> ValueRun:
    """Order a value run as of a day and return it; the worker computes it."""
    from .tasks import compute_run  # tasks stand on actions; this one only names its own successor

    with transaction.atomic():
        run = add_run(by=by, as_of=as_of, source_url=source_url, source_name=source_name, now=now)
        run.job_id = compute_run.using(by=by).enqueue(run_id=run.pk).id
        run.save(update_fields=["job_id"])
    return run


def add_run(
    *, by: Any, as_of: date, source_url: str = "", source_name: str = "", now: datetime
) -> ValueRun:
    """Add a waiting run with the company's policy numbers frozen in it."""
    if by is not None:
        require(by, "value.run")
    _refuse(as_of=as_of, source_url=source_url, source_name=source_name, now=now)
    with transaction.atomic():
        run = ValueRun.objects.create(
            as_of=as_of,
            source_url=source_url or settings.MIRROR_URL,
            source_name=source_name,
            parameters=policy(),
            started_by=by,
        )
        new = {"as_of": str(as_of), "source": source_url, "source_name": source_name}
        new = {name: value for name, value in new.items() if value}
        record(by=by, verb="value_run.started", target=run, new=new, now=now)
    return run


def _refuse(*, as_of: date, source_url: str, source_name: str, now: datetime) -> None:
    if as_of > localdate(now, ZoneInfo(company().time_zone)):
        raise CannotRun(_("The as-of day lies in the future; choose today or an earlier day."))
    if len(source_url) > LONGEST_URL:
        raise CannotRun(_("The address of the source is too long; give one of 500 characters."))
    if not source_name:
        return
    if not source_url:
        raise CannotRun(_("A source name only goes with the address of a source; give both."))
    known = list(sources().values_list("name", flat=True))
    if source_name not in known:
        text = _("No source is called “%(name)s”. Known sources: %(known)s.")
        raise CannotRun(text % {"name": source_name, "known": ", ".join(known) or "–"})


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


def begin(*, run: ValueRun, now: datetime) -> None:
    """Mark the run as running and drop what an interrupted attempt has stored."""
    _drop_stored(run)
    started = {"state": RunState.RUNNING, "reason": "", "updated_at": now}
    ValueRun.objects.filter(pk=run.pk).update(**started)


def store(*, run: ValueRun, customers: pa.Table) -> int:
    """Store one row per customer, slice by slice, unseen until the run is published.

    Return how many customers were left out because they are no longer in the base.
    """
    stored = {field.attname: field.name for field in CustomerValue._meta.concrete_fields}
    names = [name for name in customers.column_names if name in stored]
    table = customers.select(names).sort_by("customer_id")
    columns = ["run", *(stored[name] for name in names)]
    gone = 0
    for start in range(0, table.num_rows, SLICE):
        part = table.slice(start, SLICE)
        with transaction.atomic():
            there = _still_there(part)
            rows = zip([run.pk] * there.num_rows, *_lists(there), strict=True)
            insert_rows(CustomerValue, columns, rows)
            current.checkpoint({"stored": start})
        gone += part.num_rows - there.num_rows
        done = start + part.num_rows
        current.report(done=done, total=table.num_rows, text=_("Storing customers"))
    return gone


def _lists(table: pa.Table) -> list[list[Any]]:
    return [column.to_pylist() for column in table.columns]


def _still_there(part: pa.Table) -> pa.Table:
    """Return the rows whose customers are in the base now; `part` is sorted by customer."""
    first, last = part["customer_id"][0].as_py(), part["customer_id"][-1].as_py()
    present = everybody().filter(pk__gte=first, pk__lte=last).values_list("pk", flat=True)
    found = pc.is_in(part["customer_id"], pa.array(present.iterator(), pa.int64()))
    return part.filter(found)


def publish(
    *, run: ValueRun, valuation: "Valuation", timings: dict[str, float], now: datetime
) -> None:
    """Complete the run and show it everywhere instead of the earlier one, at once.

    Of two runs computed at the same time the one that was started later is shown.
    """
    with transaction.atomic():
        # One publication at a time, on databases with many writers too.
        list(ValueRun.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
        current.checkpoint({"published": True})
        shown = not ValueRun.objects.filter(is_current=True, pk__gt=run.pk).exists()
        if shown:
            ValueRun.objects.filter(is_current=True).update(is_current=False)
        ValueRun.objects.filter(pk=run.pk).update(
            state=RunState.COMPLETE,
            is_current=shown,
            summary=valuation.summary,
            fingerprint=valuation.fingerprint,
            customer_count=valuation.customers.num_rows - valuation.summary.get("gone", 0),
            timings=timings,
            finished_at=now,
        )
        new = {"customers": valuation.customers.num_rows, "fingerprint": valuation.fingerprint}
        record(by=run.started_by, verb="value_run.published", target=run, new=new, now=now)


def stop(*, run: ValueRun, state: RunState, reason: str, now: datetime) -> None:
    """End the run without a result, with the reason that its page shows."""
    _drop_stored(run)
    with transaction.atomic():
        ValueRun.objects.filter(pk=run.pk).update(state=state, reason=reason, finished_at=now)
        new = {"reason": reason}
        record(by=run.started_by, verb=f"value_run.{state}", target=run, new=new, now=now)


def _drop_stored(run: ValueRun) -> None:
    """Delete the rows of a run that was never shown, slice by slice like they came."""
    for table in (CustomerValue, *(table for stage in STAGES for table in stage.tables)):
        rows = table.objects.filter(run=run)
        while some := list(rows.values_list("pk", flat=True)[:SLICE]):
            table.objects.filter(pk__in=some).delete()
