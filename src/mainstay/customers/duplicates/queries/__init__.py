"""Reads of pairs and scans; a pair is seen by whoever sees both customers."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from mainstay.analysis.matching.comparisons import RULES_VERSION
from mainstay.customers.duplicates import words
from mainstay.customers.duplicates.models import (
    OPEN_STATES,
    Pair,
    PairState,
    Scan,
    ScanState,
    Thresholds,
    Zone,
)
from mainstay.customers.duplicates.words import COMPARED
from mainstay.customers.models import Kind
from mainstay.customers.queries import reach
from mainstay.people.permissions import kept_from

KINDS = tuple(Kind)


def pairs(user: Any) -> QuerySet[Pair]:
    """Return the pairs of which the user sees both customers; all for None, the program itself."""
    rows = Pair.objects.select_related("left", "right")
    return rows if user is None else rows.filter(reach(user, "left__"), reach(user, "right__"))


def open_pairs(user: Any) -> QuerySet[Pair]:
    """Return the pairs to be decided of customers not archived, the most probable first.

    Pairs that earlier comparisons found do not count any more: the next scan weighs them anew.
    """
    alive = Q(left__archived_at=None, right__archived_at=None)
    valid = Q(scan=None) | Q(scan__in=Scan.objects.filter(rules_version=RULES_VERSION))
    return pairs(user).filter(alive, valid, state=PairState.OPEN).order_by("-probability", "id")


def scans() -> QuerySet[Scan]:
    return Scan.objects.select_related("started_by").order_by("-id")


def thresholds() -> Thresholds:
    """Return the company's thresholds; an unsaved default until somebody changes them."""
    return Thresholds.objects.first() or Thresholds()


def told(pair: Pair, user: Any = None) -> list[dict[str, Any]]:
    """Return the explanation of a pair in the reader's words: label, level, bits, left, right."""
    return [words.told(step) for step in steps(pair, user)]


def steps(pair: Pair, user: Any) -> list[dict[str, Any]]:
    """Return the explanation as it is kept, without the values that the user may not see."""
    hidden = kept_from(user, "customers.customer") | kept_from(user, "customers.address")
    return [
        {**step, "left": "", "right": ""} if COMPARED.get(step["field"], set()) & hidden else step
        for step in pair.waterfall
    ]


def by_rule() -> QuerySet[Pair]:
    """Return the open pairs that the company's rule merges without asking."""
    return open_pairs(None).filter(zone=Zone.MERGE)


def latest_scan() -> Scan | None:
    """Return the latest complete scan by the comparisons that are in force."""
    return scans().filter(state=ScanState.COMPLETE, rules_version=RULES_VERSION).first()


def scan(pk: int) -> Scan | None:
    return scans().filter(pk=pk).first()


def outdated() -> bool:
    """Tell whether pairs were found by comparisons that have changed since."""
    return scans().filter(state=ScanState.COMPLETE).exists() and latest_scan() is None


def running() -> Scan | None:
    return scans().filter(state__in=OPEN_STATES).first()


def brought_by(imported: Any) -> tuple[Scan | None, int]:
    """Return the scan that followed an import, and how many pairs it found for the first time."""
    found = scans().filter(imported_by=imported).first()
    return found, sum(part["new"] for part in found.counts.values()) if found else 0


def scan_or_404(pk: int) -> Scan:
    return get_object_or_404(scans(), pk=pk)


def above(user: Any, levels: Sequence[float], among: Scan | None = None) -> list[int]:
    """Return how many open pairs there are from each of these probabilities on."""
    rows = open_pairs(user).order_by()
    rows = rows.filter(scan=among) if among else rows
    counts = {f"n{place}": Count("pk", Q(probability__gte=p)) for place, p in enumerate(levels)}
    return list(rows.aggregate(**counts).values())


def expected(among: Scan | None = None) -> tuple[float, float, int]:
    """Return how many open pairs are duplicates: the expectation, its variance, of how many."""
    rows = open_pairs(None).order_by()
    rows = rows.filter(scan=among) if among else rows
    p = F("probability")
    found = rows.aggregate(mean=Sum(p), variance=Sum(p * (1.0 - p)), n=Count("pk"))
    return float(found["mean"] or 0), float(found["variance"] or 0), found["n"]
