"""Reads of certainty: the latest judgement of each service and kind, and those before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Max, QuerySet

from . import rules
from .models import CertaintyRating, Offering

OLD_DAYS = 183  # after half a year a judgement is asked for again


def offerings(customer: Any) -> QuerySet[Offering]:
    return Offering.objects.filter(customer=customer, archived_at=None).order_by("pk")


def offering(customer: Any, pk: int | None) -> Offering | None:
    return offerings(customer).filter(pk=pk).first() if pk else None


def latest_of(row: Offering, kind: str) -> CertaintyRating | None:
    return row.ratings.filter(kind=kind).order_by("-pk").first()


def history(row: Offering, kind: str) -> list[CertaintyRating]:
    """Return the judgements of a service, the latest first."""
    return list(row.ratings.filter(kind=kind).select_related("by").order_by("-pk")[:20])


@dataclass(frozen=True)
class Cell:
    """One kind of certainty of one service."""

    offering: Offering
    kind: str
    rating: CertaintyRating | None

    @property
    def present(self) -> int | None:
        return self.rating.present if self.rating else None

    @property
    def wanted(self) -> int | None:
        return self.rating.wanted if self.rating else None

    @property
    def effect(self) -> rules.Effect | None:
        return rules.effect(self.present, self.wanted)

    def is_old(self, today: date) -> bool:
        return self.rating is not None and (today - self.rating.rated_on).days > OLD_DAYS


def table(customer: Any) -> dict[Offering, list[Cell]]:
    """Return by service what counts of the three kinds."""
    return tables([customer.pk])[customer.pk]


def tables(
    customers: Sequence[int], *, until: date | None = None
) -> dict[int, dict[Offering, list[Cell]]]:
    """Return the same of several customers, as it is or as it was on a day, in two queries."""
    offered = Offering.objects.filter(customer__in=customers, archived_at=None).order_by("pk")
    ratings = CertaintyRating.objects.filter(offering__in=[each.pk for each in offered])
    if until is not None:
        ratings = ratings.filter(rated_on__lte=until)
    latest = ratings.order_by().values("offering", "kind").annotate(last=Max("pk"))
    counting = CertaintyRating.objects.filter(pk__in=latest.values("last")).select_related("by")
    by_place = {(each.offering_id, each.kind): each for each in counting}
    found: dict[int, dict[Offering, list[Cell]]] = {number: {} for number in customers}
    for row in offered:
        cells = [Cell(row, kind, by_place.get((row.pk, kind))) for kind in rules.KINDS]
        found[row.customer_id][row] = cells
    return found


class Judged(NamedTuple):
    """What counts of one kind of certainty of one service, in plain values."""

    present: int | None
    wanted: int | None
    rated_on: date


def levels(
    customers: Sequence[int], *, until: date | None = None
) -> dict[int, dict[tuple[int, str], Judged]]:
    """Return what counts by customer, then by service and kind; one query however many they are."""
    ratings = CertaintyRating.objects.filter(
        offering__customer__in=customers, offering__archived_at=None
    )
    if until is not None:
        ratings = ratings.filter(rated_on__lte=until)
    latest = ratings.order_by().values("offering", "kind").annotate(last=Max("pk"))
    rows = CertaintyRating.objects.filter(pk__in=latest.values("last")).values_list(
        "offering__customer", "offering", "kind", "present", "wanted", "rated_on"
    )
    found: dict[int, dict[tuple[int, str], Judged]] = {}
    for customer, offering, kind, present, wanted, rated_on in rows:
        found.setdefault(customer, {})[offering, kind] = Judged(present, wanted, rated_on)
    return found


def effects(found: dict[Offering, list[Cell]]) -> dict[str, rules.Effect | None]:
    """Return by kind what the account asks for."""
    return rules.of_account(
        {"kind": cell.kind, "present": cell.present, "wanted": cell.wanted}
        for cells in found.values()
        for cell in cells
    )
