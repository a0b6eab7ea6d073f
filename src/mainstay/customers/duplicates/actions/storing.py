"""What a scan found, written to the pairs: new ones, those weighed anew, those that are no more."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mainstay.analysis.matching.records import comparable, fingerprint
from mainstay.customers.duplicates.models import Pair, PairState, Scan
from mainstay.customers.duplicates.queries import reading
from mainstay.customers.duplicates.rules import LEAVE, zone
from mainstay.shared.jobs import current

if TYPE_CHECKING:
    from mainstay.engine.matching import Pair as Match

SLICE = 1_000
WEIGHED = (
    "scan",
    "kind",
    "probability",
    "weight",
    "waterfall",
    "zone",
    "state",
    "left_print",
    "right_print",
    "decided_by",
    "decided_at",
    "updated_at",
)
Counts = dict[str, int]


def store(*, scan: Scan, kind: str, matches: Sequence["Match"], now: datetime) -> Counts:
    """Write pairs slice by slice; a pair kept apart stays so unless a record has changed."""
    counts = {"new": 0, "again": 0, "kept_apart": 0, "merge": 0, "ask": 0}
    for start in range(0, len(matches), SLICE):
        current.report(done=start, total=len(matches), text=_("Storing pairs"))
        with transaction.atomic():
            _store(scan, kind, matches[start : start + SLICE], counts, now)
    return counts


def _store(scan: Scan, kind: str, some: Sequence["Match"], counts: Counts, now: datetime) -> None:
    customers = reading.of(sorted({n for match in some for n in (match.left, match.right)}))
    known = Pair.objects.filter(left__in={match.left for match in some})
    before = {(pair.left_id, pair.right_id): pair for pair in known}
    added: list[Pair] = []
    weighed: list[Pair] = []
    for match in some:
        if match.left not in customers or match.right not in customers:
            continue  # archived while the scan was running
        pair = before.get((match.left, match.right))
        found = _weighed(pair or Pair(left_id=match.left, right_id=match.right), match, customers)
        if found is None:
            continue
        found.scan, found.kind, found.updated_at = scan, kind, now
        found.zone = zone(found.probability, found.waterfall, **_bounds(scan))
        if found.zone == LEAVE:
            continue
        (weighed if pair else added).append(found)
        counts["again" if pair else "new"] += 1
        counts["kept_apart" if found.state == PairState.DISTINCT else found.zone] += 1
    Pair.objects.bulk_create(added)
    Pair.objects.bulk_update(weighed, WEIGHED, batch_size=200)


def _bounds(scan: Scan) -> dict[str, float]:
    return {name: float(scan.settings[name]) for name in ("merge_from", "ask_from")}


def _weighed(pair: Pair, match: "Match", customers: dict[int, reading.Written]) -> Pair | None:
    """Return the pair with what was found; open again if a record changed since its decision."""
    prints = [fingerprint(comparable(customers[n])) for n in (match.left, match.right)]
    unchanged = prints == [pair.left_print, pair.right_print]
    if pair.state != PairState.OPEN and not unchanged:
        pair.state, pair.decided_by, pair.decided_at = PairState.OPEN, None, None
    if pair.state == PairState.MERGED:
        return None
    pair.left_print, pair.right_print = prints
    pair.probability, pair.weight = match.probability, match.weight
    sides = (("left", customers[match.left]), ("right", customers[match.right]))
    pair.waterfall = [
        {**step, **{side: reading.quoted(row, step["field"]) for side, row in sides}}
        for step in match.steps
    ]
    return pair


def forget_others(*, scan: Scan, kind: str, fresh: Collection[int] | None) -> int:
    """Delete open pairs that were compared again and found no more; return how many."""
    rows = Pair.objects.filter(kind=kind, state=PairState.OPEN)
    rows = rows.filter(~Q(scan=scan) | Q(scan=None))
    if fresh is None:
        return rows.delete()[0]
    deleted, numbers = 0, sorted(fresh)
    for start in range(0, len(numbers), SLICE):
        some = numbers[start : start + SLICE]
        deleted += rows.filter(Q(left__in=some) | Q(right__in=some)).delete()[0]
    return deleted
