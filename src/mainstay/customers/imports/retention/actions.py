"""Deleting the files of imports when their day has come."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.imports import storage
from mainstay.customers.imports.models import Import, State
from mainstay.customers.imports.retention.queries import due
from mainstay.records.actions import record


def delete_old_files(*, now: datetime) -> int:
    """Delete the files of old imports; return of how many. Killed, the next day's job goes on."""
    rows = list(due(now=now).order_by("pk"))
    for row in rows:
        delete_files(row=row, by=None, now=now)
    return len(rows)


def delete_files(*, row: Import, by: Any, now: datetime) -> None:
    storage.clear(row.folder, keep_refused=False)
    _note(row, by=by, now=now)


@transaction.atomic
def _note(row: Import, *, by: Any, now: datetime) -> None:
    """Note that the files are gone; an import that never ran cannot run any more."""
    changes: dict[str, Any] = {"files_deleted_at": now, "sample": []}
    unfinished = row.state not in (State.DONE, State.CANCELLED)
    if unfinished:
        reason = _("Its file was deleted, for nobody went on with it. Choose the file again.")
        changes |= {"state": State.CANCELLED, "reason": reason, "finished_at": now}
    if Import.objects.filter(pk=row.pk, files_deleted_at=None).update(**changes):
        old = {"file": row.file_name, "refused": row.refused}
        record(by=by, verb="import.files_deleted", target=row, old=old, now=now)
