"""Merging by rule what is above the upper threshold, as a job, and undoing all of it at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.duplicates import queries as pairs
from mainstay.customers.merging import queries, rules
from mainstay.customers.merging.actions import groups
from mainstay.customers.merging.actions.merge import Wish, merge_many
from mainstay.customers.merging.actions.undo import Undecided, undo
from mainstay.customers.merging.models import Batch, Merge, Origin
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared.jobs import current

RIGHT = "merging.rules"
AT_ONCE = 50
LARGEST_GROUP = 10


@dataclass(frozen=True)
class Plan:
    """What merging by rule would do now."""

    pairs: int
    groups: tuple[tuple[int, ...], ...]
    # Groups left to a person: too large, or two of them are kept apart.
    left_out: int

    @property
    def records(self) -> int:
        """Return how many records would go into another."""
        return sum(len(group) - 1 for group in self.groups)


def plan(user: Any) -> Plan:
    """Return the groups that pairs of the zone “merge by rule” tie together."""
    sure = pairs.open_pairs(user).filter(zone="merge").order_by()
    ends = list(sure.values_list("left_id", "right_id"))
    apart = set(pairs.pairs(None).filter(state="distinct").values_list("left_id", "right_id"))
    found = [tuple(group) for group in rules.clusters(ends)]
    fit = tuple(group for group in found if len(group) <= LARGEST_GROUP and not _torn(group, apart))
    return Plan(len(ends), fit, len(found) - len(fit))


def _torn(group: Sequence[int], apart: set[tuple[int, int]]) -> bool:
    return any((one, other) in apart for one in group for other in group)


@transaction.atomic
def add_batch(*, by: Any, now: datetime) -> Batch:
    """Note that merging by rule was asked for; the job does it."""
    require(by, RIGHT)
    if not plan(by).groups:
        raise ValidationError(_("No pair is sure enough to be merged by rule now."))
    merge_from = pairs.thresholds().merge_from
    batch = Batch.objects.create(merge_from=merge_from, made_by=by, made_at=now)
    record(by=by, verb="merging.batch_started", target=batch, new={"from": merge_from}, now=now)
    return batch


@transaction.atomic
def start(*, by: Any, now: datetime) -> Batch:
    """Add a batch together with the job that merges it."""
    from mainstay.customers.merging.tasks import (
        merge_by_rule,  # tasks stand on actions; this names its own successor
    )

    batch = add_batch(by=by, now=now)
    batch.job_id = merge_by_rule.using(by=by).enqueue(number=batch.pk).id
    batch.save(update_fields=["job_id"])
    return batch


def run(*, batch: Batch, now: datetime) -> int:
    """Merge group by group, some at once; killed in between, a second call goes on."""
    user = batch.made_by
    todo = plan(user).groups
    for start in range(0, len(todo), AT_ONCE):
        current.report(done=start, total=len(todo), text=_("Merging records"))
        _some(user, now, todo[start : start + AT_ONCE], batch)
    current.report(done=len(todo), total=len(todo))
    return Merge.objects.filter(batch=batch).count()


def _some(user: Any, now: datetime, some: Sequence[Sequence[int]], batch: Batch) -> None:
    wishes = list(_wishes(user, some))
    try:
        if wishes:
            merge_many(by=user, now=now, wishes=wishes, batch=batch)
    except ValidationError:
        for wish in wishes:
            _alone(user, now, wish, batch)


def _alone(user: Any, now: datetime, wish: Wish, batch: Batch) -> None:
    try:
        merge_many(by=user, now=now, wishes=[wish], batch=batch)
    except ValidationError as refusal:
        # It stays open for a person, who is told the same sentence.
        current.report(text=" ".join(refusal.messages))


def _wishes(user: Any, some: Iterable[Sequence[int]]) -> Iterator[Wish]:
    wanted = [pk for group in some for pk in group]
    rows = {row.pk: row for row in queries.seen_by(user, "customer").filter(pk__in=wanted)}
    for group in some:
        known = [rows[pk] for pk in group if pk in rows]
        if len(known) == len(group):
            kept = rules.survivor(groups.candidates("customer", known))
            yield Wish("customer", kept, tuple(pk for pk in group if pk != kept), {}, Origin.RULE)


@transaction.atomic
def begin_undo(*, by: Any, now: datetime, batch: Batch) -> None:
    """Claim the undoing; a second one gets a sentence."""
    require(by, RIGHT)
    fresh = Batch.objects.filter(pk=batch.pk, undone_at=None)
    if not fresh.update(undone_at=now, undone_by=by):
        raise ValidationError(_("This is undone already."))
    record(by=by, verb="merging.batch_undone", target=batch, now=now)


def undo_all(*, by: Any, batch: Batch, now: datetime) -> dict[str, int]:
    """Undo merge by merge, latest first; what was edited since is left for a person to decide."""
    todo = list(Merge.objects.filter(batch=batch, undone_at=None).order_by("-pk"))
    kept = 0
    for done, made in enumerate(todo):
        if done % AT_ONCE == 0:
            current.report(done=done, total=len(todo), text=_("Undoing merges"))
        try:
            undo(by=by, now=now, merge=made)
        except (Undecided, ValidationError):
            kept += 1
    return {"undone": len(todo) - kept, "kept": kept}
