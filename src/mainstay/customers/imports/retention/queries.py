"""Reads of how long the files of imports are kept."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from mainstay.customers.imports.models import RUNNING, Import
from mainstay.people.queries import company


def kept_until(row: Import) -> datetime | None:
    """Return when the files of the import are deleted; None if there are none any more."""
    if row.files_deleted_at is not None:
        return None
    return (row.finished_at or row.updated_at) + timedelta(days=company().keep_import_days)


def due(*, now: datetime) -> QuerySet[Import]:
    """Return the imports whose files have been kept long enough."""
    before = now - timedelta(days=company().keep_import_days)
    old = Q(finished_at__lt=before) | Q(finished_at=None, updated_at__lt=before)
    return Import.objects.filter(old, files_deleted_at=None).exclude(state__in=RUNNING)
