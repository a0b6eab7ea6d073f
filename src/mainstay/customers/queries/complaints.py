"""Complaints on timelines, and those that nobody has settled."""

from django.db.models import QuerySet

from mainstay.customers.models import Interaction


def complaints() -> QuerySet[Interaction]:
    """Return the complaints on timelines: only to narrow rows that are limited already."""
    return Interaction.objects.filter(archived_at=None, purpose="complaint")


def open_complaints() -> QuerySet[Interaction]:
    """Return the complaints that nobody has settled yet: only to narrow limited rows."""
    return complaints().filter(settled_at=None)
