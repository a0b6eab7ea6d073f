"""Order an export, make it, let it go."""

from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people.permissions import require
from mainstay.records.actions import record

from . import exporting, places, queries
from .choices import Format, State
from .models import Export

KEPT_DAYS = 7


class UnderWay(Exception):
    """One export is being made; the text says so."""


@transaction.atomic
def order(*, by: Any, now: datetime, form: str = Format.PARQUET) -> Export:
    """Order an export of everything and return it; the worker makes it."""
    from .tasks import make_export  # tasks stand on actions; this one only names its successor

    require(by, "everything.export")
    waiting = Export.objects.select_for_update().filter(state=State.WAITING)
    if any(queries.outcome(each) == State.WAITING for each in waiting):
        raise UnderWay(_("An export is being made already; wait for it or cancel it."))
    export = Export.objects.create(format=form, made_by=by)
    export.job_id = make_export.using(by=by).enqueue(export_id=export.pk).id
    export.save(update_fields=["job_id"])
    record(by=by, verb="export.ordered", target=export, new={"format": form}, now=now)
    return export


def make(*, export: Export, now: datetime, report: exporting.Report) -> None:
    """Write the file of the export; made again after a failure, it is written anew."""
    place = export.place or places.new_place()
    Export.objects.filter(pk=export.pk).update(place=place)
    path = places.path_of(place)
    path.unlink(missing_ok=True)
    done = exporting.everything(path, form=export.format, now=now, report=report)
    with transaction.atomic():
        export = Export.objects.select_for_update().get(pk=export.pk)
        export.state, export.rows, export.size = State.COMPLETE, done.rows, path.stat().st_size
        export.place, export.kept_until = place, now + timedelta(days=KEPT_DAYS)
        export.save()
        new = {"rows": done.rows, "files": done.files}
        record(by=None, verb="export.made", target=export, new=new, now=now)


def stop(*, export: Export, state: State, reason: str = "") -> None:
    Export.objects.filter(pk=export.pk).update(state=state, reason=reason)


def handed_out(*, by: Any, export: Export, now: datetime) -> BinaryIO:
    """Return the open file, and note who took it."""
    file = places.path_of(export.place).open("rb")
    record(by=by, verb="export.downloaded", target=export, now=now)
    return file


@transaction.atomic
def delete(*, by: Any, export: Export, now: datetime) -> None:
    """Delete the file; that it was made stays known."""
    places.path_of(export.place).unlink(missing_ok=True)
    if Export.objects.filter(pk=export.pk, state=State.COMPLETE).update(state=State.GONE):
        record(by=by, verb="export.deleted", target=export, now=now)


def delete_old(*, now: datetime) -> int:
    return _delete_each(Export.objects.filter(kept_until__lte=now), now)


def delete_all(*, now: datetime) -> int:
    """Delete every file: each holds whoever has just been erased."""
    return _delete_each(Export.objects.all(), now)


def _delete_each(exports: Any, now: datetime) -> int:
    found = list(exports.filter(state=State.COMPLETE))
    for export in found:
        delete(by=None, export=export, now=now)
    return len(found)
