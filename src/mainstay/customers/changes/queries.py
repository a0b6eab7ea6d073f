"""Reads of changes to many customers."""

from typing import Any

from django.db.models import QuerySet

from mainstay.customers.queries import visible_to
from mainstay.people.permissions import can

from .models import ChangedCustomer, ManyChange

SHOWN, NAMED = 100, 200


def changes_of(user: Any) -> QuerySet[ManyChange]:
    """Return the changes the user may undo: one's own, everybody's for administrators."""
    rows = ManyChange.objects.select_related("made_by", "undone_by")
    if not can(user, "people.admin"):
        rows = rows.filter(made_by=user)
    return rows.order_by("-made_at", "-pk")


def kept_of(user: Any, change: ManyChange) -> list[ChangedCustomer]:
    """Return customers whose later edits undoing left alone, as far as the user may see them."""
    rows = ChangedCustomer.objects.filter(change=change, kept=True, customer__in=visible_to(user))
    return list(rows.select_related("customer").order_by("customer__sort_name")[:NAMED])


def kept_count(change: ManyChange) -> int:
    return ChangedCustomer.objects.filter(change=change, kept=True).count()


def change(user: Any, pk: int) -> ManyChange | None:
    return changes_of(user).filter(pk=pk).first()


def by_number(pk: int) -> ManyChange:
    """Return the change a job is about; jobs speak for whoever enqueued them."""
    return ManyChange.objects.get(pk=pk)


def open_customers(change: ManyChange) -> QuerySet[ChangedCustomer]:
    """Return what is not undone yet."""
    rows = ChangedCustomer.objects.filter(change=change, kept=False)
    return rows.select_related("old_owner", "old_team").order_by("customer")
