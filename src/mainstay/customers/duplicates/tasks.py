"""The scan as a job: read the customers, find the pairs, store them; a killed one starts again."""

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_tasks import task

from mainstay.customers.models import Kind
from mainstay.shared.jobs import current

from . import actions, queries
from .actions import storing
from .models import Reach, Scan, ScanState
from .queries import reading

if TYPE_CHECKING:
    from mainstay.engine.matching import Found

STEPS = {
    "keys": _lazy("Looking for what records have in common"),
    "train": _lazy("Learning the weights from your own customers"),
    "compare": _lazy("Comparing records"),
    "explain": _lazy("Explaining what was found"),
}


@task(title=_lazy("Look for duplicates"))
def find_duplicates(scan_id: int) -> None:
    """Make a waiting scan, or one that a killed worker left half done."""
    scan = queries.scan(scan_id)
    if scan is None or not scan.is_open:
        return
    try:
        compute(scan)
    except current.JobCancelled:
        now = timezone.now()
        actions.stop(scan=scan, state=ScanState.CANCELLED, reason=_("Cancelled."), now=now)
        raise


def compute(scan: Scan) -> None:
    """Make a scan here and now; data that cannot be worked on end it with the reason."""
    from mainstay.engine import Unanswered

    actions.begin(scan=scan, now=timezone.now())
    fresh, earlier = _fresh(scan)
    parts: dict[str, Any] = {}
    try:
        for kind in Kind.values:
            parts[kind] = _one(scan, kind, fresh, earlier)
    except Unanswered as reason:
        now = timezone.now()
        actions.stop(scan=scan, state=ScanState.FAILED, reason=str(reason), now=now)
        return
    actions.complete(scan=scan, parts=parts, now=timezone.now())


def _fresh(scan: Scan) -> tuple[frozenset[int] | None, Scan | None]:
    """Return who is to be compared with all, None for everybody, and the scan to go on from."""
    earlier = queries.latest_scan()
    if scan.reach == Reach.EVERYTHING or earlier is None:
        return None, None
    return reading.changed_since(earlier.as_of), earlier


def _one(
    scan: Scan, kind: str, fresh: frozenset[int] | None, earlier: Scan | None
) -> dict[str, Any]:
    from mainstay.analysis.matching import records, weights
    from mainstay.engine import matching
    from mainstay.engine.embedded import Means

    began = time.perf_counter()
    current.report(done=0, total=0, text=_("Reading customers"))
    kept = weights.known(earlier.weights[kind]) if earlier and kind in earlier.weights else None
    if kept is not None and kept.method == weights.SHIPPED:
        kept = None  # there may be enough customers to learn from by now
    found = matching.find(
        records.batches(reading.written(kind), fresh=fresh),
        least=float(scan.settings["ask_from"]),
        weights=kept,
        means=Means(settings.ENGINE_MEMORY, 0, actions.working_folder()),
        report=lambda step: current.report(done=0, total=0, text=str(STEPS[step])),
    )
    searched = time.perf_counter()
    counts = storing.store(scan=scan, kind=kind, matches=found.pairs, now=timezone.now())
    counts["gone"] = storing.forget_others(scan=scan, kind=kind, fresh=fresh)
    seconds = {"search": searched - began, "store": time.perf_counter() - searched}
    return _told(found, counts, seconds, fresh)


def _told(
    found: "Found", counts: dict[str, int], seconds: dict[str, float], fresh: Any
) -> dict[str, Any]:
    return {
        "counts": counts
        | {
            "records": found.records,
            "compared": found.compared,
            "above": found.above,
            "fresh": found.records if fresh is None else len(fresh),
        },
        "weights": found.weights.plain(),
        "diagnostics": {
            "bins": {str(low): n for low, n in found.bins.items()},
            "coverage": found.coverage,
        },
        "timings": {name: round(value, 2) for name, value in seconds.items()},
    }
