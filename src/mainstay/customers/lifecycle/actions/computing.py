"""Computing the stages of all customers anew, as one step that is there whole or not at all."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction

from mainstay import engine
from mainstay.analysis.value import stages
from mainstay.customers.lifecycle import computation, facts, queries
from mainstay.customers.lifecycle.figures import figures
from mainstay.customers.lifecycle.models import Override, Snapshot, StageChange, Standing
from mainstay.people.queries import company
from mainstay.shared import events, tables
from mainstay.shared.jobs import current

KEPT = 400  # computations: a year of days


def compute(*, now: datetime) -> Snapshot:
    """Bring every customer into the stage that facts and people's decisions say today."""
    began = time.process_time()
    as_of = _today(now)
    rules = queries.thresholds()
    limits = queries.limits(rules)
    # Outside the transaction: other writers need not wait while orders are counted.
    told = [source(limits) for source in facts.sources()]
    with closing(_bench()) as bench, transaction.atomic():
        _expire(as_of, now)
        known = queries.known()
        gave = computation.recommendations(bench, queries.recommended(), limits)
        seen = computation.facts_of(bench, known, [queries.talked(), gave, *told])
        steps = bench.keep(stages.steps(bench.keep(seen), limits, as_of=as_of))
        standings = computation.new_standings(steps, bench, queries.overrides(as_of))
        changed = bench.keep(
            computation.differing(standings, bench, queries.standings(), as_of=as_of)
        )
        moved = _write(bench, steps, changed, now)
        shown = figures(bench, queries.changes(), known, as_of=as_of, rules=rules)
        snapshot = Snapshot.objects.create(
            as_of=as_of,
            made_at=now,
            customers=known.num_rows,
            changed=moved,
            thresholds=asdict(limits) | {"window_months": rules.window_months},
            figures=shown | _counted(),
            seconds=round(time.process_time() - began, 2),
        )
        _forget_old()
    return snapshot


def _counted() -> dict[str, Any]:
    """Return how many customers stand where, and the step up to which that was counted."""
    return {"stages": queries.every_count(), "last_step": queries.last_step()}


def _today(now: datetime) -> date:
    from zoneinfo import ZoneInfo

    return now.astimezone(ZoneInfo(company().time_zone)).date()


def _bench() -> Any:
    folder = settings.DATA_DIR / "engine"
    return engine.connect("duckdb://", memory=settings.ENGINE_MEMORY, folder=folder)


def _expire(today: date, now: datetime) -> None:
    """End the decisions whose last day is over."""
    Override.objects.filter(ended_at=None, until_date__lt=today).update(ended_at=now)


def _write(bench: Any, steps: Any, changed: Any, now: datetime) -> int:
    """Write what differs; return how many customers came into another stage."""
    current.report(done=0)
    written = ["stage", "since", "reason", "figure", "by_hand"]
    rows = bench.run(changed.select("id", "customer_id", "moved", "old_stage", *written))
    known = pc.is_valid(rows["id"])
    tables.update(Standing, rows.filter(known).select([*written, "id"]))
    fresh = rows.filter(pc.invert(known)).select(["customer_id", *written])
    tables.insert(Standing, fresh.rename_columns(["customer", *written]))
    tables.insert(StageChange, bench.run(computation.history(steps, changed)))
    before = rows.filter(pc.and_(known, rows["moved"]))
    events.emit_many("customer.stage_changed", subjects=_told(before), now=now)
    return int(pc.sum(rows["moved"]).as_py() or 0)


def _told(rows: pa.Table) -> Iterator[tuple[int, dict[str, str]]]:
    names = ("customer_id", "old_stage", "stage")
    for number, old, new in zip(*(rows[name].to_pylist() for name in names), strict=True):
        yield number, {"from": old, "to": new}


def _forget_old() -> None:
    kept = list(Snapshot.objects.order_by("-made_at", "-pk").values_list("pk", flat=True)[:KEPT])
    Snapshot.objects.exclude(pk__in=kept).delete()
