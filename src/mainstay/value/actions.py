"""Start, compute and publish value runs.

start_run (a click, the command) -> job -> compute_run: read the lines, value them, store one row
per customer in slices, then switch the current run in one transaction. A killed job starts the
slices again; nobody sees a run before the switch.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mainstay.analysis.lifetime.names import BEST, NAMES
from mainstay.customers.queries import sources
from mainstay.people.permissions import require
from mainstay.people.queries import company
from mainstay.records.actions import record
from mainstay.shared.jobs import current

from . import events, snapshots
from .models import CustomerValue, RunState, ValueRun
from .profitability import actions as profitability
from .retention.actions import drop_customers

if TYPE_CHECKING:
    from mainstay.analysis.valuation import Valuation  # heavy, and only a run needs it

LONGEST_URL = 500


class CannotRun(Exception):
    """The run cannot be started, for the reason that the text gives."""


def start_run(
    *,
    by: Any,
    as_of: date,
    source_url: str = "",
    source_name: str = "",
    model: str = "",
    now: datetime,
) -> ValueRun:
    """Order a value run as of a day and return it; the worker computes it."""
    from .tasks import compute_run  # tasks stand on actions; this one only names its own successor

    with transaction.atomic():
        source = {"source_url": source_url, "source_name": source_name}
        run = add_run(by=by, as_of=as_of, **source, model=model, now=now)
        run.job_id = compute_run.using(by=by).enqueue(run_id=run.pk).id
        run.save(update_fields=["job_id"])
    return run


def add_run(
    *,
    by: Any,
    as_of: date,
    source_url: str = "",
    source_name: str = "",
    model: str = "",
    now: datetime,
) -> ValueRun:
    """Add a waiting run with the company's policy numbers frozen in it.

    `model` names the model of purchases; without it the setting does.
    """
    if by is not None:
        require(by, "value.run")
    _refuse(as_of=as_of, source_url=source_url, source_name=source_name, now=now)
    wish = _known_model(model or settings.VALUE_MODEL)
    with transaction.atomic():
        run = ValueRun.objects.create(
            as_of=as_of,
            source_url=source_url or settings.MIRROR_URL,
            source_name=source_name,
            parameters=policy() | {"model": wish, "compare": True},
            started_by=by,
        )
        new = {"as_of": str(as_of), "source": source_url, "source_name": source_name}
        new["model"] = model
        new = {name: value for name, value in new.items() if value}
        record(by=by, verb="value_run.started", target=run, new=new, now=now)
    return run


def _known_model(wish: str) -> str:
    """Return the name if it is that of a model, or "best"."""
    if wish in (BEST, *NAMES):
        return wish
    raise CannotRun(f"There is no model called {wish}. Known: {', '.join((BEST, *NAMES))}.")


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
    drop_customers(run)
    snapshots.begin(run, now=now)


def store(*, run: ValueRun, customers: pa.Table) -> int:
    """Store one row per customer, unseen until the run is published; return how many left."""
    return snapshots.store(CustomerValue, run=run, rows=customers)


def publish(
    *, run: ValueRun, valuation: "Valuation", timings: dict[str, float], now: datetime
) -> None:
    """Complete the run and show it everywhere instead of the earlier one, at once.

    Of two runs computed at the same time the one that was started later is shown.
    """
    with transaction.atomic():
        current.checkpoint({"published": True})
        snapshots.switch(
            run,
            summary=valuation.summary,
            fingerprint=valuation.fingerprint,
            customer_count=valuation.customers.num_rows - valuation.summary.get("gone", 0),
            timings=timings,
            finished_at=now,
        )
        new = {"customers": valuation.customers.num_rows, "fingerprint": valuation.fingerprint}
        record(by=run.started_by, verb="value_run.published", target=run, new=new, now=now)
        events.tell_classes(run=run, now=now)
        profitability.follow(run=run, now=now)


def stop(*, run: ValueRun, state: RunState, reason: str, now: datetime) -> None:
    """End the run without a result, with the reason that its page shows."""
    drop_customers(run)
    snapshots.end(run, verb="value_run", state=state, reason=reason, now=now)
