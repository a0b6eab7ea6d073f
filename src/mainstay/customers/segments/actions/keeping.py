"""Keep a segment: its rule is read anew and refused with a sentence where it does not fit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.segments import queries, tree
from mainstay.customers.segments.models import Segment, SegmentKind, Sharing
from mainstay.people.permissions import can, require
from mainstay.records.actions import record
from mainstay.shared import versions

FIELDS = ("name", "description", "kind", "sharing", "definition")
MOST_OWN = 500


def may_change(user: Any, segment: Segment) -> bool:
    """Return whether the user may change the segment: its owner, and who governs shared ones."""
    if not can(user, "segments.edit"):
        return False
    mine = segment.owner_id == user.pk
    return mine or (segment.sharing != Sharing.PRIVATE and can(user, "segments.admin"))


def may_fill(user: Any, segment: Segment) -> bool:
    """Return whether the user may put customers on the list: whoever sees it and may make some."""
    return segment.kind == SegmentKind.STATIC and can(user, "segments.edit")


@transaction.atomic
def save_segment(
    *,
    by: Any,
    now: datetime,
    values: Mapping[str, Any],
    segment: Segment | None = None,
    version: int | None = None,
) -> Segment:
    """Add a segment, or change it, and have its members counted.

    Raises:
        ValidationError: a value does not fit, or the rule cannot be read.
    """
    require(by, "segments.edit")
    row = segment or Segment(owner=by)
    if segment is not None:
        _refuse_change(by, segment)
        row = versions.locked(Segment.objects.all(), segment.pk, version)
    wanted = {name: values[name] for name in FIELDS if name in values}
    old, new = versions.apply(row, wanted)
    _check_name(by, row)
    row.team = row.owner.team if row.sharing == Sharing.TEAM and row.owner else None
    _read(by, row, old.get("definition"))
    if row.pk is None:
        row.save()
        record(by=by, verb="segment.added", target=row, new=new, now=now)
    elif new:
        row.version += 1
        row.save()
        record(by=by, verb="segment.changed", target=row, old=old, new=new, now=now)
    if row.kind == SegmentKind.LIVE and (segment is None or "definition" in new):
        _asked_anew(row)
    return row


def _refuse_change(by: Any, segment: Segment) -> None:
    if not may_change(by, segment):
        raise PermissionDenied(
            _("This segment is not yours to change. Make one of your own from its rule.")
        )


def _check_name(by: Any, row: Segment) -> None:
    mine = Segment.objects.filter(owner=row.owner, archived_at=None).exclude(pk=row.pk)
    if mine.filter(name=row.name).exists():
        message = _("There is a segment “%(name)s” already; choose another name.")
        raise ValidationError({"name": message % {"name": row.name}})
    if row.pk is None and mine.count() >= MOST_OWN:
        message = _("You have %(n)d segments; put one away before you add another.")
        raise ValidationError(message % {"n": MOST_OWN})
    if row.sharing == Sharing.TEAM and not (row.owner and row.owner.team_id):
        message = _("Nobody shares a team with you; share it with everybody or keep it.")
        raise ValidationError({"sharing": message})


def _read(by: Any, row: Segment, before: Any) -> None:
    """Check the rule, and note which rights it takes to ask it."""
    if row.kind == SegmentKind.STATIC:
        row.definition, row.rights = {}, " "
        return
    try:
        rule = tree.read(row.definition, allowed=lambda known: _allowed(by, known))
    except tree.Unfit as unfit:
        raise ValidationError({"definition": unfit.messages}) from unfit
    row.definition = {"version": tree.VERSION, **tree.written(rule)}
    inner = queries.by_number(queries.nested(row.definition))
    _refuse_strangers(by, inner, queries.nested(before))
    _refuse_circle(row, inner)
    rights = {each.field.permission for each in tree.conditions(rule)}
    rights |= {right for each in inner.values() for right in each.rights.split()}
    row.rights = f" {' '.join(sorted(filter(None, rights)))} "


def _allowed(by: Any, known: Any) -> bool:
    return not known.permission or can(by, known.permission)


def _refuse_strangers(by: Any, inner: dict[int, Segment], before: list[int]) -> None:
    seen = set(queries.visible_to(by).filter(pk__in=inner).values_list("pk", flat=True))
    if set(inner) - seen - set(before):
        message = _("The rule names a segment that is not there, or not yours to see.")
        raise ValidationError({"definition": message})


def _refuse_circle(row: Segment, inner: dict[int, Segment]) -> None:
    """Refuse a rule that comes back to itself over the segments it names."""
    seen: dict[int, Segment] = {}
    wave = inner
    while wave:
        if row.pk in wave:
            message = _("The rule names “%(name)s”, which itself asks for this segment.")
            via = next(iter(seen.values()), row)
            raise ValidationError({"definition": message % {"name": via}})
        seen |= wave
        numbers = {n for each in wave.values() for n in queries.nested(each.definition)}
        wave = queries.by_number(sorted(numbers - set(seen)))


def _asked_anew(row: Segment) -> None:
    from .recounting import recount_later  # it stands on tasks, which stand on these

    # Who was counted met the rule before.
    anew: dict[str, Any] = {"direct": True, "members": None, "counted_at": None, "facts": {}}
    Segment.objects.filter(pk=row.pk).update(**anew)
    for name, value in anew.items():
        setattr(row, name, value)
    recount_later(segment=row)


@transaction.atomic
def archive_segment(*, by: Any, now: datetime, segment: Segment) -> None:
    """Put a segment away; rules that name it must be changed first."""
    _refuse_change(by, segment)
    using = [each for each in queries.every() if segment.pk in queries.nested(each.definition)]
    if using:
        message = _("“%(name)s” asks for this segment; change it first.")
        raise ValidationError(message % {"name": using[0]})
    segment.archived_at = now
    segment.save(update_fields=["archived_at", "updated_at"])
    record(by=by, verb="segment.archived", target=segment, old={"name": segment.name}, now=now)
