"""Merging: one transaction, however much hangs on the records."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers
from mainstay.customers.actions.cleaning import may_edit_person
from mainstay.customers.merging import queries, relations, rules
from mainstay.customers.merging.actions import groups, moving, searching
from mainstay.customers.merging.models import Absorbed, Batch, Merge, Origin
from mainstay.people.permissions import refuse_writing, require
from mainstay.records.actions import record_many

MOST = 50


@dataclass(frozen=True)
class Wish:
    """Which records to merge into which, and whose value to take where somebody chose."""

    subject: str
    survivor: int
    others: tuple[int, ...]
    choices: Mapping[str, int] = field(default_factory=dict)
    origin: str = Origin.HAND

    @property
    def pks(self) -> tuple[int, ...]:
        return (self.survivor, *self.others)


def merge(*, by: Any, now: datetime, wish: Wish) -> Merge:
    """Merge the others into the survivor; raise a sentence where that cannot be."""
    return merge_many(by=by, now=now, wishes=[wish])[0]


@transaction.atomic
def merge_many(
    *, by: Any, now: datetime, wishes: Sequence[Wish], batch: Batch | None = None
) -> list[Merge]:
    """Merge several groups of one subject, no record in two of them, in one go."""
    if by is not None:
        require(by, "customers.edit")
    subject = wishes[0].subject
    for wish in wishes:
        refuse_writing(by, relations.model_key(subject), wish.choices)
    rows = _locked(by, subject, wishes)
    marks = moving.marks(subject)
    found = [_Group(wish, [rows[pk] for pk in wish.pks], by) for wish in wishes]
    merges = [group.event(by, now) for group in found]
    for made in merges:
        made.marks, made.batch = marks, batch
    Merge.objects.bulk_create(merges)
    _absorb(found, merges, now)
    moving.move([made.pk for made in merges], subject)
    searching.refresh(subject, list(rows))
    groups.close_pairs(by, now, [wish for wish in wishes if wish.subject == "customer"])
    _record(by, now, subject, found)
    return merges


class _Group:
    """The records of one wish, and what the survivor holds afterwards."""

    def __init__(self, wish: Wish, rows: list[Any], by: Any) -> None:
        self.wish, self.kept, self.gone = wish, rows[0], rows[1:]
        self.fields = {each.name: each for each in queries.fields(wish.subject)}
        chosen = groups.choices(wish.subject, wish.survivor, rows, wish.choices)
        values = rules.values(
            {name: proposal.pk for name, proposal in chosen.items()},
            groups.candidates(wish.subject, rows),
        )
        if "parent" in values:
            values["parent"] = _parent(values["parent"], wish.pks)
            _check_kind(values["kind"], wish.pks)
        self.before = groups.values_of(self.kept, self.fields.values())
        self.after = values
        self.told = self._write(rows)

    def _write(self, rows: list[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Set the survivor's fields; return old and new of those that differ, as people read."""
        differing = [name for name in self.fields if self.before[name] != self.after[name]]
        old = {
            name: groups.readable(rows, self.fields[name], self.before[name]) for name in differing
        }
        new = {
            name: groups.readable(rows, self.fields[name], self.after[name]) for name in differing
        }
        for name in differing:
            setattr(self.kept, self.fields[name].attname, self.after[name])
        return old, new

    def event(self, by: Any, now: datetime) -> Merge:
        return Merge(
            subject=self.wish.subject,
            origin=self.wish.origin,
            made_by=by,
            made_at=now,
            before=self.before,
            after=self.after,
            **{self.wish.subject: self.kept},
        )


def _locked(by: Any, subject: str, wishes: Sequence[Wish]) -> dict[int, Any]:
    """Return the records, locked until the transaction ends, or raise what is wrong with them."""
    pks = [pk for wish in wishes for pk in wish.pks]
    if any(len(wish.pks) < 2 for wish in wishes) or len(set(pks)) < len(pks):  # noqa: PLR2004  two make a merge
        raise ValidationError(_("Choose at least two different records to merge."))
    if any(len(wish.pks) > MOST for wish in wishes):
        raise ValidationError(_("Merge at most %(n)d records at once.") % {"n": MOST})
    named = [each.name for each in queries.fields(subject) if each.remote_field]
    seen = queries.seen_by(by, subject).filter(pk__in=pks).select_related(*named)
    rows = {row.pk: row for row in seen.select_for_update(of=("self",)).order_by("pk")}
    if len(rows) < len(pks):
        raise ValidationError(_("One of these records is not among those you may see."))
    for row in rows.values():
        may_edit_person(by, "customers.edit", row)
    for pk, kept in queries.survivors(subject, pks).items():
        text = _("%(name)s was merged into %(other)s meanwhile; look at that record.")
        other = rows.get(kept) or queries.seen_by(None, subject).get(pk=kept)
        raise ValidationError(text % {"name": rows[pk], "other": other}, code="merged")
    for wish in wishes:
        if rows[wish.survivor].archived_at is not None:
            text = _("%(name)s is archived; bring it back first, or keep another record.")
            raise ValidationError(text % {"name": rows[wish.survivor]})
    return rows


def _parent(wished: int | None, pks: Collection[int]) -> int | None:
    return rules.parent(wished, set(pks), groups.above([*pks, *([wished] if wished else [])]))


def _check_kind(kind: str, pks: Collection[int]) -> None:
    if kind == "person" and customers.everybody().filter(parent__in=pks).exists():
        text = _("Other organisations stand below one of these; keep the kind “organisation”.")
        raise ValidationError({"kind": text})


def _absorb(found: Sequence[_Group], merges: Sequence[Merge], now: datetime) -> None:
    """Write the survivors, and make tombstones of the others."""
    tombstones = []
    for group, made in zip(found, merges, strict=True):
        group.kept.version, group.kept.updated_at = group.kept.version + 1, now
        group.kept.save()
        tombstones += [
            Absorbed(
                merge=made,
                place=place,
                archived_before=row.archived_at,
                **{group.wish.subject: row},
            )
            for place, row in enumerate(group.gone)
        ]
    Absorbed.objects.bulk_create(tombstones)
    gone = [row.pk for group in found for row in group.gone]
    put_away = queries.seen_by(None, found[0].wish.subject).filter(pk__in=gone)
    put_away.update(archived_at=now, updated_at=now, version=F("version") + 1)


def _record(by: Any, now: datetime, subject: str, found: Sequence[_Group]) -> None:
    kept: list[Any] = []
    gone: list[Any] = []
    for group in found:
        old, new = group.told
        kept.append((group.kept, old, new | {"merged": [str(row) for row in group.gone]}))
        gone += [(row, {}, {"into": str(group.kept)}) for row in group.gone]
    record_many(by=by, verb=f"{subject}.merged", changes=kept, now=now)
    record_many(by=by, verb=f"{subject}.merged_away", changes=gone, now=now)
