"""Moving what hangs on a record: a few statements for each relation, however many rows there are.

A row that would stand twice at the survivor stays with the tombstone, and so comes back by itself.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.lookups import IsNull

from mainstay.customers.merging.models import Absorbed, Merge, Moved
from mainstay.customers.merging.relations import Relation, followers, moving


def marks(subject: str) -> dict[str, int]:
    """Return the highest row number of each relation now."""
    return {
        relation.key: relation.rows().aggregate(last=Max("pk"))["last"] or 0
        for relation in moving(subject)
    }


def move(merges: Collection[int], subject: str) -> None:
    """Move to the survivors what hangs on the absorbed records and fits there.

    Calling it again moves what came to a tombstone since, and what fits by now.
    """
    absorbed = Absorbed.objects.filter(merge__in=merges, active=True)
    places = sorted(set(absorbed.values_list("place", flat=True)))
    touched: dict[str, Any] = {}
    for place in places:
        for relation in moving(subject):
            if _move(relation, subject, absorbed.filter(place=place)):
                touched[relation.model._meta.label_lower] = _numbers(relation, merges)
    _tell(touched)


def bring_back(merge: Merge) -> None:
    """Give the absorbed records back what still stands where the merge put it, and fits there."""
    touched: dict[str, Any] = {}
    for relation in moving(merge.subject):
        if back(relation, merge).update(**{relation.column: _origin(relation, merge)}):
            touched[relation.model._meta.label_lower] = _numbers(relation, [merge.pk])
    _tell(touched)


def give(relation: Relation, row_id: int, to_id: int) -> None:
    """Hang one row on another record, unless its like is there."""
    rows = relation.rows().filter(pk=row_id).annotate(merging_to=Value(to_id))
    if _without_clash(relation, rows).update(**{relation.column: to_id}):
        _tell({relation.model._meta.label_lower: [row_id]})


def back(relation: Relation, merge: Merge) -> Any:
    """Return the rows that can go back."""
    rows = standing(relation, merge).annotate(merging_to=_origin(relation, merge))
    return _without_clash(relation, rows)


def standing(relation: Relation, merge: Merge) -> Any:
    """Return the rows that the merge moved and that are where it put them."""
    moved = moved_of(relation, merge).values("row_id")
    return relation.rows().filter(pk__in=moved, **{relation.column: merge.survivor_id})


def moved_of(relation: Relation, merge: Merge) -> Any:
    return Moved.objects.filter(merge=merge, relation=relation.key)


def _tell(moved: Mapping[str, Iterable[int]]) -> None:
    for model, told in followers().items():
        if model in moved:
            told(moved[model])


def _numbers(relation: Relation, merges: Collection[int]) -> Any:
    rows = Moved.objects.filter(merge__in=merges, relation=relation.key)
    return rows.values_list("row_id", flat=True)


def _origin(relation: Relation, merge: Merge) -> Subquery:
    rows = moved_of(relation, merge).filter(row_id=OuterRef("pk"))
    return Subquery(rows.order_by("pk").values("from_id")[:1])


def _move(relation: Relation, subject: str, absorbed: Any) -> int:
    of_row = absorbed.filter(**{f"{subject}_id": OuterRef(relation.column)})
    gone = absorbed.values(f"{subject}_id")
    rows = (
        relation.rows()
        .filter(**{f"{relation.column}__in": gone})
        .annotate(
            merging_merge=Subquery(of_row.values("merge_id")[:1]),
            merging_to=Subquery(of_row.values(f"merge__{subject}_id")[:1]),
        )
    )
    if relation.field.related_model is relation.model:
        rows = _outside(rows, subject)
    _note(relation, _without_clash(relation, rows))
    moved = Moved.objects.filter(
        merge__in=absorbed.values("merge_id"),
        relation=relation.key,
        row_id=OuterRef("pk"),
        from_id=OuterRef(relation.column),
    )
    chosen = relation.rows().filter(Exists(moved), **{f"{relation.column}__in": gone})
    target = Subquery(moved.order_by("-pk").values("to_id")[:1])
    count: int = chosen.update(**{relation.column: target})
    return count


def _outside(rows: Any, subject: str) -> Any:
    """Leave out the survivor itself and the tombstones beside it, which keep the place they had."""
    tombstones = Absorbed.objects.filter(active=True, **{f"{subject}__isnull": False})
    return rows.exclude(pk=F("merging_to")).exclude(pk__in=tombstones.values(f"{subject}_id"))


def _without_clash(relation: Relation, rows: Any) -> Any:
    """Leave out what would stand twice at `merging_to`, or tie it to itself."""
    for column in relation.others():
        rows = rows.exclude(**{column: F("merging_to")})
    for unique in relation.uniques():
        there = relation.rows().filter(**{relation.column: OuterRef("merging_to")})
        for name in unique.fields:
            there = there.filter(_alike(relation, name))
        if unique.condition is not None:
            there = there.filter(unique.condition)
            rows = rows.exclude(unique.condition & Q(Exists(there)))
        else:
            rows = rows.exclude(Exists(there))
    return rows


def _alike(relation: Relation, name: str) -> Q:
    column = relation.model._meta.get_field(name).attname  # type: ignore[union-attr]
    alike = Q(**{column: OuterRef(column)})
    if relation.model._meta.get_field(name).null:
        alike |= Q(IsNull(F(column), True), IsNull(OuterRef(column), True))
    return alike


def _note(relation: Relation, rows: Any) -> None:
    chosen = (
        rows.order_by()
        .annotate(merging_key=Value(relation.key, output_field=CharField()))
        .values_list("merging_merge", "merging_key", "pk", relation.column, "merging_to")
    )
    sql, parameters = chosen.query.sql_with_params()
    table = Moved._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (merge_id, relation, row_id, from_id, to_id) {sql}",
            parameters,
        )
