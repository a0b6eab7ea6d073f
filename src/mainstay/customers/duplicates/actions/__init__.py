"""Scans, thresholds and decisions. Merging the records is up to `mainstay.customers.merging`.

start (a click, an import, the command) -> job -> tasks.compute: read, search, store the pairs slice
by slice, then complete the scan in one transaction and tell whoever asked to be told.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.analysis.matching.comparisons import RULES_VERSION
from mainstay.customers.actions.cleaning import may_edit_all
from mainstay.customers.duplicates import queries
from mainstay.customers.duplicates.models import (
    Pair,
    PairState,
    Reach,
    Scan,
    ScanState,
    Thresholds,
    Zone,
)
from mainstay.customers.duplicates.rules import zone
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.shared.jobs import actions as jobs
from mainstay.shared.jobs import current
from mainstay.shared.jobs import queries as job_queries

THRESHOLDS = ("merge_from", "ask_from", "merges_by_rule", "after_imports")
RIGHT = "duplicates.run"
_told: list[Callable[[Scan, datetime], None]] = []


class CannotScan(Exception):
    """The scan cannot be started, for the reason that the text gives."""


def when_complete(callback: Callable[[Scan, datetime], None]) -> None:
    """Have a function called in the transaction that completes a scan; called in ready()."""
    _told.append(callback)


# -- scans


def start_scan(*, by: Any, reach: Reach, now: datetime, imported: Any = None) -> Scan:
    """Order a scan and return it; the worker makes it."""
    from mainstay.customers.duplicates.tasks import (
        find_duplicates,  # tasks stand on actions; this names its own successor
    )

    with transaction.atomic():
        scan = add_scan(by=by, reach=reach, now=now, imported=imported)
        scan.job_id = find_duplicates.using(by=by).enqueue(scan_id=scan.pk).id
        scan.save(update_fields=["job_id"])
    return scan


def add_scan(*, by: Any, reach: Reach, now: datetime, imported: Any = None) -> Scan:
    """Add a waiting scan with the thresholds frozen in it; one waits or runs at a time."""
    if by is not None and imported is None:
        require(by, RIGHT)
    with transaction.atomic():
        if (open_scan := queries.running()) and not has_stopped(open_scan):
            raise CannotScan(_("A search for duplicates is under way; wait for it or cancel it."))
        bounds = queries.thresholds()
        scan = Scan.objects.create(
            reach=reach,
            as_of=now,
            imported_by=imported,
            rules_version=RULES_VERSION,
            settings={"merge_from": bounds.merge_from, "ask_from": bounds.ask_from},
            started_by=by,
        )
        record(by=by, verb="duplicate_scan.started", target=scan, new={"reach": reach}, now=now)
    return scan


def after_import(*, imported: Any, by: Any, now: datetime) -> Scan | None:
    """Look for duplicates of what an import brought, unless the company does not want that."""
    if not queries.thresholds().after_imports:
        return None
    try:
        return start_scan(by=by, reach=Reach.CHANGED, now=now, imported=imported)
    except CannotScan:
        return None  # the scan after the next import compares these customers too


def has_stopped(scan: Scan) -> bool:
    """Tell whether the job behind an open scan is no more."""
    job = job_queries.find(scan.job_id) if scan.job_id else None
    return bool(scan.job_id) and (job is None or not job.is_open)


@transaction.atomic
def cancel(*, by: Any, scan: Scan, now: datetime) -> None:
    """Stop a scan; pairs that are stored already stay."""
    require(by, RIGHT)
    job = job_queries.find(scan.job_id) if scan.job_id else None
    if job is not None:
        jobs.cancel(by=by, job=job, now=now)
    if scan.is_open and has_stopped(scan):
        stop(scan=scan, state=ScanState.CANCELLED, reason=_("Cancelled."), now=now)


def begin(*, scan: Scan, now: datetime) -> None:
    """Mark the scan as running; changes made from now on are for the next one."""
    Scan.objects.filter(pk=scan.pk).update(state=ScanState.RUNNING, as_of=now, updated_at=now)
    scan.state, scan.as_of = ScanState.RUNNING, now


def working_folder() -> Path | None:
    folder = Path(settings.DATA_DIR) / "engine"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@transaction.atomic
def complete(*, scan: Scan, parts: Mapping[str, Mapping[str, Any]], now: datetime) -> None:
    """Note what came of the scan, per kind of customer, and tell whoever asked to be told."""
    current.checkpoint({"complete": True})
    for name in ("counts", "weights", "diagnostics", "timings"):
        setattr(scan, name, {kind: part[name] for kind, part in parts.items()})
    scan.state, scan.finished_at, scan.reason = ScanState.COMPLETE, now, ""
    scan.save()
    record(
        by=scan.started_by, verb="duplicate_scan.completed", target=scan, new=scan.counts, now=now
    )
    for callback in _told:
        callback(scan, now)


@transaction.atomic
def stop(*, scan: Scan, state: ScanState, reason: str, now: datetime) -> None:
    """End the scan without a result, with the reason that its page shows."""
    scan.state, scan.reason, scan.finished_at = state, reason, now
    scan.save(update_fields=["state", "reason", "finished_at", "updated_at"])
    new = {"reason": reason}
    record(by=scan.started_by, verb=f"duplicate_scan.{state}", target=scan, new=new, now=now)


# -- thresholds


@transaction.atomic
def set_thresholds(
    *, by: Any, values: Mapping[str, Any], now: datetime, version: int | None = None
) -> Thresholds:
    """Say from which probability on records are merged or asked about; open pairs follow."""
    if by is not None:
        require(by, RIGHT)
    row: Thresholds = queries.thresholds()
    if row.pk is not None:
        row = versions.locked(Thresholds.objects.all(), row.pk, version)
    old, new = versions.apply(row, {name: values[name] for name in THRESHOLDS if name in values})
    if not 0 < row.ask_from <= row.merge_from <= 1:
        text = _("Ask from a probability above 0, and merge by rule from the same or a higher one.")
        raise ValidationError({"ask_from": text})
    if new or row.pk is None:
        row.version += row.pk is not None
        row.save()
        _follow(row)
        record(by=by, verb="duplicate_thresholds.changed", target=row, old=old, new=new, now=now)
    return row


def _follow(bounds: Thresholds) -> None:
    """Put open pairs into the zones of the new thresholds; what nobody is asked about goes."""
    rows = Pair.objects.filter(state=PairState.OPEN)
    rows.filter(probability__lt=bounds.ask_from).delete()
    rows.filter(zone=Zone.MERGE, probability__lt=bounds.merge_from).update(zone=Zone.ASK)
    near = rows.filter(zone=Zone.ASK, probability__gte=bounds.merge_from)
    limits = {"merge_from": bounds.merge_from, "ask_from": bounds.ask_from}
    sure = [
        p.pk for p in near.iterator() if zone(p.probability, p.waterfall, **limits) == Zone.MERGE
    ]
    for start in range(0, len(sure), 500):
        Pair.objects.filter(pk__in=sure[start : start + 500]).update(zone=Zone.MERGE)


# -- decisions


@transaction.atomic
def decide(*, pair: Pair, state: PairState, by: Any, now: datetime) -> Pair:
    """Note that a pair was merged, is kept apart, or is open again; `by=None`: merged by rule."""
    may_edit_all(by, [pair.left_id, pair.right_id])
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if pair.state == state:
        return pair
    old = {"state": pair.state}
    pair.state = state
    pair.decided_by, pair.decided_at = (None, None) if state == PairState.OPEN else (by, now)
    pair.save()
    new = {"state": state, "left": pair.left_id, "right": pair.right_id}
    record(by=by, verb="duplicate_pair.decided", target=pair, old=old, new=new, now=now)
    return pair
