"""Reads of pairs and scans; a pair is seen by whoever sees both customers."""

from typing import Any

from django.db.models import Q, QuerySet

from mainstay.customers.queries import reach

from .models import Pair, PairState, Scan, Thresholds


def pairs(user: Any) -> QuerySet[Pair]:
    """Return the pairs of which the user sees both customers; all for None, the program itself."""
    rows = Pair.objects.select_related("left", "right")
    return rows if user is None else rows.filter(reach(user, "left__"), reach(user, "right__"))


def open_pairs(user: Any) -> QuerySet[Pair]:
    """Return the pairs to be decided of customers not archived, the most probable first."""
    alive = Q(left__archived_at=None, right__archived_at=None)
    return pairs(user).filter(alive, state=PairState.OPEN).order_by("-probability", "id")


def scans() -> QuerySet[Scan]:
    return Scan.objects.select_related("started_by").order_by("-id")


def thresholds() -> Thresholds:
    """Return the company's thresholds; an unsaved default until somebody changes them."""
    return Thresholds.objects.first() or Thresholds()
