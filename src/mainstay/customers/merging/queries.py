"""Reads of merges and tombstones; a merge is seen by whoever sees the record that survived."""

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CharField, Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from mainstay.customers import queries as customers

from . import relations
from .models import Absorbed, Batch, FieldRule, Merge, Moved, TrustedSource
from .rules import SHIPPED

LONGEST_CHAIN = 50


def seen_by(user: Any, subject: str) -> QuerySet[Any]:
    """Return the customers or contacts that the user sees; all for None."""
    if subject == "contact":
        return customers.contacts_seen_by(user)
    return customers.seen_by(user)


def merges(user: Any) -> QuerySet[Merge]:
    """Return the merges of visible records, latest first."""
    rows = Merge.objects.select_related("customer", "contact", "made_by", "undone_by", "batch")
    if user is not None and (within := customers.reach(user, "customer__")):
        contacts = customers.contacts_seen_by(user)
        rows = rows.filter(
            Q(subject="customer") & within | Q(subject="contact", contact__in=contacts)
        )
    return rows.order_by("-made_at", "-pk")


def merge(user: Any, pk: int) -> Merge | None:
    return merges(user).filter(pk=pk).first()


def told(user: Any) -> QuerySet[Merge]:
    """Return the visible merges as the API tells them."""
    by_place = Prefetch("absorbed", Absorbed.objects.order_by("place"))
    return merges(user).prefetch_related(by_place)


def batches() -> QuerySet[Batch]:
    rows = Batch.objects.select_related("made_by", "undone_by")
    open_ones = Count("merges", filter=Q(merges__undone_at=None))
    return rows.annotate(count=Count("merges"), standing=open_ones).order_by("-made_at", "-pk")


def batch(pk: int) -> Batch:
    """Return the batch a job is about; jobs speak for whoever enqueued them."""
    return Batch.objects.select_related("made_by", "undone_by").get(pk=pk)


def absorbed(merge_ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return the records that went in each merge, in their order."""
    rows = Absorbed.objects.filter(merge__in=list(merge_ids))
    found: dict[int, list[Any]] = {}
    for row in rows.select_related("customer", "contact").order_by("place"):
        found.setdefault(row.merge_id, []).append(row.customer or row.contact)
    return found


def moved_counts(row: Merge) -> list[tuple[str, int]]:
    """Return how many rows of each relation a merge moved, the most first."""
    rows = Moved.objects.filter(merge=row).order_by().values("relation")
    counted = rows.annotate(number=Count("row_id", distinct=True))
    return list(counted.order_by("-number", "relation").values_list("relation", "number"))


def survivors(subject: str, pks: Collection[int]) -> dict[int, int]:
    """Return, of those that are tombstones, the record each went into."""
    rows = Absorbed.objects.filter(active=True, **{f"{subject}__in": pks})
    return dict(rows.values_list(f"{subject}_id", f"merge__{subject}_id"))


def into(subject: str, pk: int) -> int | None:
    """Return the record that stands for a tombstone now; None for one that is no tombstone."""
    place: int | None = pk
    for _step in range(LONGEST_CHAIN):
        following = survivors(subject, [place]).get(place) if place else None
        if following is None:
            break
        place = following
    return None if place == pk else place


def check_standing(subject: str, row: Any) -> None:
    """Raise where to go instead if the record is a tombstone: nothing is written on one."""
    if row.archived_at is not None and (kept := into(subject, row.pk)):
        text = _("%(name)s was merged into %(other)s; go on there, or undo the merge.")
        words = {"name": row, "other": seen_by(None, subject).get(pk=kept)}
        raise ValidationError(text % words, code="merged")


def merged_into(subject: str) -> Subquery:
    """Return an expression for rows of the subject: the record each was merged into, or null."""
    rows = Absorbed.objects.filter(active=True, **{f"{subject}_id": OuterRef("pk")})
    return Subquery(rows.values(f"merge__{subject}_id")[:1])


def tombstones_of(subject: str, pk: int) -> list[int]:
    """Return the records that went into this one, through others too: they speak of the same."""
    found: list[int] = []
    fresh = [pk]
    while fresh:
        rows = Absorbed.objects.filter(active=True, **{f"merge__{subject}__in": fresh})
        fresh = [one for one in rows.values_list(f"{subject}_id", flat=True) if one not in found]
        found += fresh
    return found


def one_with(subject: str, pks: Collection[int]) -> set[int]:
    """Return the records that went into these, and those that these went into; one step."""
    rows = Absorbed.objects.filter(active=True)
    within = Q(**{f"{subject}__in": pks}) | Q(**{f"merge__{subject}__in": pks})
    ends = rows.filter(within).values_list(f"{subject}_id", f"merge__{subject}_id")
    return set(pks) | {pk for pair in ends for pk in pair if pk}


def of_record(subject: str, pk: int) -> QuerySet[Merge]:
    """Return the merges into this record that stand, latest first."""
    rows = Merge.objects.filter(undone_at=None, **{subject: pk})
    return rows.order_by("-made_at", "-pk")


def counts(subject: str, pks: Collection[int]) -> dict[str, dict[int, int]]:
    """Return how many rows of each relation hang on each of the records, in one query."""
    parts = [
        relation.rows()
        .filter(**{f"{relation.column}__in": list(pks)})
        .order_by()
        .annotate(merging_key=Value(relation.key, output_field=CharField()))
        .values("merging_key", relation.column)
        .annotate(merging_rows=Count("pk"))
        .values_list("merging_key", relation.column, "merging_rows")
        for relation in relations.moving(subject)
    ]
    found: dict[str, dict[int, int]] = {}
    for key, pk, number in parts[0].union(*parts[1:], all=True):
        found.setdefault(key, {})[pk] = number
    return found


def fields(subject: str) -> list[Any]:
    """Return the fields that a merge chooses between."""
    model = apps.get_model(relations.MODELS[subject])
    return [
        field for field in model._meta.concrete_fields if field.editable and not field.primary_key
    ]


def field_rules(subject: str) -> dict[str, str]:
    """Return the rule of each field: the company's, else the shipped one."""
    own = dict(FieldRule.objects.filter(subject=subject).values_list("field", "rule"))
    return {
        field.name: own.get(field.name, SHIPPED.get(field.name, "survivor"))
        for field in fields(subject)
    }


def trusted() -> list[TrustedSource]:
    return list(TrustedSource.objects.select_related("source").order_by("place", "pk"))


def trust(pks: Collection[int]) -> dict[int, int]:
    """Return the place of the most trusted source that knows each customer."""
    places = {row.source_id: row.place for row in trusted()}
    if not places:
        return {}
    references = customers.references_of(pks)
    found: dict[int, int] = {}
    for customer, source in references:
        if source in places:
            found[customer] = min(places[source], found.get(customer, places[source]))
    return found
