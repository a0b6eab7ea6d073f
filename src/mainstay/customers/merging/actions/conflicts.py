"""What happened after a merge and stands against undoing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers.merging import naming, queries, relations
from mainstay.customers.merging.actions import moving
from mainstay.customers.merging.models import Absorbed, Merge, Moved
from mainstay.customers.merging.relations import Relation
from mainstay.people.permissions import kept_from

NAMED = 50
KEEP, RESTORE = "keep", "restore"


@dataclass(frozen=True)
class Conflict:
    """One later edit: what it is, and between what the person chooses; the first is the default."""

    key: str
    kind: str
    what: str
    text: str
    options: tuple[tuple[str, str], ...]


def conflicts(merge: Merge, user: Any = None) -> list[Conflict]:
    """Return every later edit that undoing meets; empty: everything goes back as it was.

    Values that are kept from the user are not told.
    """
    gone = queries.absorbed([merge.pk]).get(merge.pk, [])
    survivor = getattr(merge, merge.subject)
    found = list(_fields(merge, survivor, kept_from(user, relations.model_key(merge.subject))))
    for relation in relations.moving(merge.subject):
        found += _missing(merge, relation)
        found += _added(merge, relation, survivor, gone)
    return found


def _fields(merge: Merge, survivor: Any, hidden: frozenset[str]) -> Iterator[Conflict]:
    for field in queries.fields(merge.subject):
        if field.name not in merge.before:
            continue
        before, after = merge.before[field.name], merge.after[field.name]
        current = getattr(survivor, field.attname)
        if before in (after, current):
            continue
        if lost := _lost(field, before):
            yield Conflict(f"field:{field.name}", "field", naming.field(field), lost, (_keep(),))
        elif current != after:
            values = {"current": current, "before": before}
            words = {
                name: "…" if field.name in hidden else naming.value(field, value)
                for name, value in values.items()
            }
            text = _("Edited after the merge: now “%(current)s”, before the merge “%(before)s”.")
            options = (_keep(), (RESTORE, _("Back to what it was before the merge")))
            yield Conflict(
                f"field:{field.name}", "field", naming.field(field), text % words, options
            )


def _lost(field: Any, before: Any) -> str:
    """Return why the value of before cannot come back; empty if it can."""
    if field.remote_field is None or before is None:
        return ""
    if field.related_model._base_manager.filter(pk=before).exists():
        return ""
    return _("What stood here before the merge is deleted by now.")


def _keep() -> tuple[str, str]:
    return KEEP, _("Keep as it is now")


def _missing(merge: Merge, relation: Relation) -> Iterator[Conflict]:
    """Say what the merge moved and that is not where it put it any more."""
    moved = moving.moved_of(relation, merge)
    numbers = set(moved.values_list("row_id", flat=True))
    if not numbers:
        return
    there = set(moving.standing(relation, merge).values_list("pk", flat=True))
    able = set(moving.back(relation, merge).values_list("pk", flat=True))
    alive = set(relation.rows().filter(pk__in=moved.values("row_id")).values_list("pk", flat=True))
    for kind, count in (
        ("deleted", len(numbers - alive)),
        ("elsewhere", len(alive - there)),
        ("twice", len(there - able)),
    ):
        if count:
            yield Conflict(
                f"{kind}:{relation.key}",
                kind,
                naming.relation(relation),
                _said(kind, count),
                (_keep(),),
            )


def _said(kind: str, count: int) -> str:
    match kind:
        case "deleted":
            text = ngettext(
                "%(n)d was deleted after the merge and stays deleted.",
                "%(n)d were deleted after the merge and stay deleted.",
                count,
            )
        case "elsewhere":
            text = ngettext(
                "%(n)d was given to another record after the merge and stays there.",
                "%(n)d were given to other records after the merge and stay there.",
                count,
            )
        case _:
            text = ngettext(
                "%(n)d has its like at the other record by now and stays with the survivor.",
                "%(n)d have their like at the other record by now and stay with the survivor.",
                count,
            )
    return text % {"n": count}


def _added(merge: Merge, relation: Relation, survivor: Any, gone: list[Any]) -> Iterator[Conflict]:
    """Say what came to the survivor after the merge: it may belong to either."""
    others = Moved.objects.filter(
        relation=relation.key, to_id=merge.survivor_id, merge__undone_at=None
    )
    rows = relation.rows().filter(
        pk__gt=merge.marks.get(relation.key, 0), **{relation.column: merge.survivor_id}
    )
    fresh = list(rows.exclude(pk__in=others.values("row_id")).order_by("pk")[: NAMED + 1])
    options = [(KEEP, _("Stays with %(name)s") % {"name": survivor})]
    options += [(str(row.pk), _("Goes to %(name)s") % {"name": row}) for row in gone]
    for row in fresh[:NAMED]:
        text = _("Added after the merge: %(row)s") % {"row": naming.row(relation, row)}
        yield Conflict(
            f"added:{relation.key}:{row.pk}",
            "added",
            naming.relation(relation),
            text,
            tuple(options),
        )
    if len(fresh) > NAMED:
        text = _("More were added after the merge than can be named here; the rest stays.")
        yield Conflict(f"rest:{relation.key}", "added", naming.relation(relation), text, (_keep(),))


def blocked_by(merge: Merge) -> Merge | None:
    """Return the later merge that took in the survivor; it has to be undone first."""
    rows = Absorbed.objects.filter(active=True, **{merge.subject: merge.survivor_id})
    found = rows.select_related("merge__customer", "merge__contact").first()
    return found.merge if found else None
