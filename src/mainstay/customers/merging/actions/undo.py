"""Undoing a merge: everything back, later edits as the person decides."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit_person
from mainstay.customers.merging import naming, queries
from mainstay.customers.merging.actions import conflicts, groups, moving, searching
from mainstay.customers.merging.actions.conflicts import KEEP, RESTORE, Conflict
from mainstay.customers.merging.models import Absorbed, Merge
from mainstay.customers.merging.relations import named
from mainstay.people.permissions import require
from mainstay.records.actions import record, record_many
from mainstay.shared import trees


class Undecided(Exception):
    """Something was edited after the merge, and nobody has said yet what shall become of it."""

    def __init__(self, open_ones: Sequence[Conflict]) -> None:
        super().__init__(f"{len(open_ones)} undecided")
        self.conflicts = list(open_ones)


@transaction.atomic
def undo(
    *,
    by: Any,
    now: datetime,
    merge: Merge,
    decisions: Mapping[str, str] | None = None,
    keep_later: bool = False,
) -> Merge:
    """Undo the merge; raise Undecided for later edits that `decisions` does not name.

    `keep_later` decides all others for what was edited later.
    """
    if by is not None:
        require(by, "customers.edit")
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    gone = _locked(by, merge)
    met = conflicts.conflicts(merge)
    decided = _decided(met, decisions or {}, keep_later=keep_later)
    moving.bring_back(merge)
    _give(decided)
    told = _write_back(merge, decided, now)
    _raise_tombstones(merge, now)
    Merge.objects.filter(pk=merge.pk).update(undone_by=by, undone_at=now)
    moving.move(
        list(queries.of_record(merge.subject, merge.survivor_id).values_list("pk", flat=True)),
        merge.subject,
    )
    pks = [merge.survivor_id, *(row.pk for row in gone)]
    searching.refresh(merge.subject, pks)
    if merge.subject == "customer":
        groups.decide_pairs(
            by, now, pks, "open" if merge.batch_id else "distinct", among=("merged",)
        )
    _record(by, now, merge, told, gone)
    merge.refresh_from_db()
    return merge


def open_pairs(*, by: Any, now: datetime, merge: Merge) -> int | None:
    """Ask again about the pairs of an undone merge; return the first of them."""
    numbers = Absorbed.objects.filter(merge=merge).values_list(merge.subject, flat=True)
    pks = [merge.survivor_id, *numbers]
    return groups.decide_pairs(by, now, pks, "open", among=("distinct",))


def _locked(by: Any, merge: Merge) -> list[Any]:
    """Lock survivor and tombstones and return the latter, or raise why it cannot be undone."""
    if merge.undone_at is not None:
        raise ValidationError(_("This merge is undone already."), code="undone")
    numbers = Absorbed.objects.filter(merge=merge).values_list(merge.subject, flat=True)
    gone = list(numbers.order_by("place"))
    seen = queries.seen_by(by, merge.subject).filter(pk__in=[merge.survivor_id, *gone])
    rows = {row.pk: row for row in seen.select_for_update(of=("self",)).order_by("pk")}
    if len(rows) < len(gone) + 1:
        raise ValidationError(_("One of these records is not among those you may see."))
    for row in rows.values():
        may_edit_person(by, "customers.edit", row)
    if later := conflicts.blocked_by(merge):
        text = _("%(name)s was itself merged into %(other)s afterwards; undo that merge first.")
        words = {"name": rows[merge.survivor_id], "other": getattr(later, merge.subject)}
        raise ValidationError(text % words, code="blocked")
    return [rows[pk] for pk in gone]


def _decided(
    met: Sequence[Conflict], decisions: Mapping[str, str], *, keep_later: bool
) -> dict[str, str]:
    open_ones, decided = [], {}
    for conflict in met:
        allowed = {value for value, _label in conflict.options}
        chosen = decisions.get(conflict.key, KEEP if keep_later else "")
        if chosen in allowed:
            decided[conflict.key] = chosen
        else:
            open_ones.append(conflict)
    if open_ones:
        raise Undecided(met)
    return decided


def _give(decided: Mapping[str, str]) -> None:
    """Give rows added after the merge to the records they were said to belong to."""
    for key, chosen in decided.items():
        kind, _colon, rest = key.partition(":")
        if kind == "added" and chosen != KEEP:
            relation, _colon, number = rest.rpartition(":")
            moving.give(_relation(relation), int(number), int(chosen))


def _relation(key: str) -> Any:
    for subject in ("customer", "contact"):
        if found := named(subject, key):
            return found
    raise LookupError(key)


def _write_back(
    merge: Merge, decided: Mapping[str, str], now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the survivor back what the merge wrote over; return old and new, as people read."""
    row = queries.seen_by(None, merge.subject).get(pk=merge.survivor_id)
    old, new = {}, {}
    for field in queries.fields(merge.subject):
        before = merge.before.get(field.name)
        written = field.name in merge.before and before != merge.after[field.name]
        kept = decided.get(f"field:{field.name}", RESTORE) == KEEP
        if not written or kept or getattr(row, field.attname) == before:
            continue
        old[field.name] = naming.value(field, getattr(row, field.attname))
        setattr(row, field.attname, before)
        new[field.name] = naming.value(field, before)
    if "parent" in new:
        _check_parents(row)
    row.version, row.updated_at = row.version + 1, now
    row.save()
    return old, new


def _check_parents(row: Any) -> None:
    above = groups.above([row.pk, row.parent_id] if row.parent_id else [row.pk])
    if trees.circles(
        row.pk,
        {pk: up for pk, up in above.items() if up}
        | ({row.pk: row.parent_id} if row.parent_id else {}),
    ):
        text = _("Undoing would put %(name)s below itself; change its parent organisation first.")
        raise ValidationError(text % {"name": row}, code="circle")


def _raise_tombstones(merge: Merge, now: datetime) -> None:
    absorbed = Absorbed.objects.filter(merge=merge)
    of_row = absorbed.filter(**{f"{merge.subject}_id": OuterRef("pk")})
    rows = queries.seen_by(None, merge.subject)
    rows.filter(pk__in=absorbed.values(f"{merge.subject}_id")).update(
        archived_at=Subquery(of_row.values("archived_before")[:1]),
        updated_at=now,
        version=F("version") + 1,
    )
    absorbed.update(active=False)


def _record(
    by: Any, now: datetime, merge: Merge, told: tuple[dict[str, Any], dict[str, Any]], gone: Any
) -> None:
    old, new = told
    survivor = getattr(merge, merge.subject)
    names = [str(row) for row in gone]
    verb = f"{merge.subject}.merge_undone"
    record(by=by, verb=verb, target=survivor, old=old, new=new | {"apart": names}, now=now)
    changes: list[Any] = [(row, {}, {"apart_from": str(survivor)}) for row in gone]
    record_many(by=by, verb=verb, changes=changes, now=now)
