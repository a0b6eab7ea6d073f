"""Tying many recorded customers to their parents and tags, once all have their numbers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.customers import queries
from mainstay.customers.actions.customers import tags_named, touch
from mainstay.customers.models import Customer, Kind, Source, Tag
from mainstay.records.actions import record_many
from mainstay.shared import trees

TIED = ("parent", "tags")
AT_ONCE = 400

Row = tuple[str, Mapping[str, Any]]
Change = tuple[Customer, dict[str, Any], dict[str, Any]]


def tie(*, by: Any, now: datetime, outcome: Any, source: Source, rows: Sequence[Row]) -> None:
    """Write the parents and tags that rows name; a tie that does not fit is refused alone."""
    named = [
        (index, outcome.ids[name.strip()], values)
        for index, (name, values) in enumerate(rows)
        if index not in outcome.refused and set(TIED) & set(values)
    ]
    if not named:
        return
    found = Customer.objects.filter(pk__in=[pk for _index, pk, _values in named])
    standing = {row.pk: row for row in found.select_related("parent")}
    places = [(index, standing[pk], values) for index, pk, values in named]
    tied = _tie_parents(by, now, outcome, source, places) | _tag(by, now, outcome, places)
    outcome.touch(tied)


def _tie_parents(by: Any, now: datetime, outcome: Any, source: Source, places: Any) -> set[int]:
    wanted = [
        (index, row, values["parent"].strip())
        for index, row, values in places
        if "parent" in values
    ]
    names = sorted({name for _index, _row, name in wanted if name})
    ids = queries.by_reference(by, source.name, names)
    parents = {row.pk: row for row in Customer.objects.filter(pk__in=ids.values())}
    above = dict(Customer.objects.exclude(parent=None).values_list("pk", "parent_id"))
    changes: list[Change] = []
    for index, row, name in wanted:
        parent = parents.get(ids.get(name, 0))
        try:
            _check(row, name, parent, above)
        except ValidationError as refusal:
            outcome.refused[index] = refusal
            continue
        if row.parent_id != (parent.pk if parent else None):
            changes.append((row, {"parent": str(row.parent or "")}, {"parent": str(parent or "")}))
            row.parent = parent
            above[row.pk] = row.parent_id
    changed = [row for row, _old, _new in changes]
    Customer.objects.bulk_update(changed, ["parent"], batch_size=AT_ONCE)
    touch([row.pk for row in changed], now)
    record_many(by=by, verb="customer.changed", changes=changes, now=now)
    return {row.pk for row in changed}


def _check(row: Customer, name: str, parent: Customer | None, above: dict[int, Any]) -> None:
    if not name:
        return
    if parent is None:
        message = _("“%(value)s” is not known to this source; recorded without a parent.")
        raise ValidationError({"parent": message % {"value": name[:80]}})
    if parent.kind != Kind.ORGANISATION:
        raise ValidationError({"parent": _("A parent is an organisation; choose another.")})
    if trees.circles(row.pk, {**above, row.pk: parent.pk}):
        message = _("“%(name)s” stands below this customer already; choose another parent.")
        raise ValidationError({"parent": message % {"name": parent}})


def _tag(by: Any, now: datetime, outcome: Any, places: Any) -> set[int]:
    tagged = [(index, row, values["tags"]) for index, row, values in places if "tags" in values]
    before = queries.tags_of([row.pk for _index, row, _names in tagged])
    tags: dict[str, Tag] = {}
    changes: list[Change] = []
    for index, row, typed in tagged:
        names = _stripped(typed)
        try:
            tags |= {tag.name: tag for tag in tags_named(set(names) - set(tags))}
        except ValidationError as refusal:
            outcome.refused[index] = refusal
            continue
        if sorted(before.get(row.pk, [])) != names:
            changes.append((row, {"tags": before.get(row.pk, [])}, {"tags": names}))
    _write_tags(changes, tags)
    touch([row.pk for row, _old, _new in changes], now)
    record_many(by=by, verb="customer.tagged", changes=changes, now=now)
    return {row.pk for row, _old, _new in changes}


def _write_tags(changes: list[Change], tags: dict[str, Tag]) -> None:
    through = Customer.tags.through
    queries.taggings().filter(customer__in=[row.pk for row, _old, _new in changes]).delete()
    rows = [
        through(customer_id=row.pk, tag_id=tags[name].pk)
        for row, _old, new in changes
        for name in new["tags"]
    ]
    through._default_manager.bulk_create(rows, batch_size=AT_ONCE)


def _stripped(names: Iterable[str]) -> list[str]:
    return sorted({name.strip() for name in names if name.strip()})
