"""Reads of imports: people see the imports of what they may import."""

from typing import Any

from django.db.models import QuerySet

from mainstay.customers.imports import kinds
from mainstay.customers.imports.models import RUNNING, ColumnMapping, Import, State
from mainstay.customers.models import Source
from mainstay.people.permissions import Scope, can, scope

__all__ = ["RUNNING", "State"]


def kinds_for(user: Any) -> list[kinds.Kind]:
    """Return what the user may import."""
    found = [kind for kind in kinds.every() if can(user, kind.permission)]
    return sorted(found, key=lambda kind: kind.order)


def visible_to(user: Any) -> QuerySet[Import]:
    """Return the imports of what the user may import; only one's own if one sees some customers.

    Policy: a file and its refused rows may name customers outside the reach of who looks.
    """
    keys = [kind.key for kind in kinds_for(user)]
    rows = Import.objects.filter(kind__in=keys).select_related("source", "started_by")
    if scope(user, "customers.view") != Scope.ALL:
        rows = rows.filter(started_by=user)
    return rows


def newest(user: Any) -> QuerySet[Import]:
    return visible_to(user).order_by("-id")


def with_refused_rows(user: Any) -> QuerySet[Import]:
    """Return the imports whose lists of refused rows the user may download, the newest first."""
    return newest(user).filter(refused__gt=0, files_deleted_at=None).exclude(state__in=RUNNING)


def by_number(number: int) -> Import:
    """Return the import a job is about; jobs speak for whoever enqueued them."""
    return Import.objects.select_related("source", "started_by").get(pk=number)


def source_names() -> list[str]:
    return list(Source.objects.order_by("name").values_list("name", flat=True))


def saved_mapping(source_id: int, kind: str) -> ColumnMapping | None:
    return ColumnMapping.objects.filter(source=source_id, kind=kind).first()
