"""Everything that changes an import: start, look again, map, check, run, cancel, forget."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mainstay.customers.actions import source_named
from mainstay.customers.imports import allowed, followers, guessing, kinds, queries, storage, tasks
from mainstay.customers.imports.kinds import Counts, Kind, Shaped
from mainstay.customers.imports.models import RUNNING, ColumnMapping, Import, State
from mainstay.engine import files
from mainstay.engine.files import Layout, Limits
from mainstay.engine.staging.fields import Style
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared.jobs import actions as jobs
from mainstay.shared.jobs import current
from mainstay.shared.jobs import queries as job_queries

# Looking at a file happens while somebody waits for the page.
LOOKING = Limits(silent_seconds=20, cpu_seconds=20)


class NotNow(Exception):
    """The import cannot do this in its state; the text says what to do."""


# -- start


def begin(*, by: Any, now: datetime, given: Mapping[str, Any]) -> Import:
    """Start an import from what the page asked for: an upload, or for administrators a path."""
    kind = kinds.known(given["kind"])
    if upload := given.get("file"):
        return start(
            by=by,
            now=now,
            kind=kind,
            source=given["source"],
            chunks=upload.chunks(),
            name=upload.name,
        )
    require(by, "people.admin")
    try:
        path = storage.allowed(given["path"])
    except storage.NotAllowed as refusal:
        raise NotNow(str(refusal)) from refusal
    return start_from_path(by=by, now=now, kind=kind, source=given["source"], path=path)


def start(
    *, by: Any, now: datetime, kind: Kind, source: str, chunks: Iterable[bytes], name: str
) -> Import:
    """Keep an uploaded file, look at it and guess what its columns mean; raise Unreadable if it is
    no table."""
    if by is not None:
        require(by, kind.permission)
    folder = storage.new_folder()
    path = storage.keep(chunks, folder)
    try:
        return _start(by, now, kind, source, _File(path, Path(name).name[:255], folder, ""))
    except Exception:
        storage.clear(folder, keep_refused=False)
        raise


def start_from_path(*, by: Any, now: datetime, kind: Kind, source: str, path: Path) -> Import:
    """Import a file where it lies on the server."""
    if by is not None:
        require(by, kind.permission)
    return _start(
        by, now, kind, source, _File(path, path.name[:255], storage.new_folder(), str(path))
    )


class _File:
    def __init__(self, path: Path, name: str, folder: str, kept_path: str) -> None:
        self.path, self.name, self.folder, self.kept_path = path, name, folder, kept_path


def _start(by: Any, now: datetime, kind: Kind, source: str, file: _File) -> Import:
    found = files.inspect(file.path, LOOKING)
    with transaction.atomic():
        row = Import(
            kind=kind.key,
            source=source_named(source.strip()),
            file_name=file.name,
            folder=file.folder,
            path=file.kept_path,
            size=file.path.stat().st_size,
            started_by=by,
        )
        _take_layout(row, found)
        _guess(row, by)
        row.save()
        new = {"file": row.file_name, "source": row.source.name, "kind": row.kind}
        record(by=by, verb="import.started", target=row, new=new, now=now)
    return row


def _take_layout(row: Import, found: files.Inspection) -> None:
    row.layout, row.sheets = found.layout.as_json(), found.sheets
    row.sample = [[cell[:200] for cell in cells] for cells in found.rows[:20]]


def _guess(row: Import, by: Any) -> None:
    """Take the source's own mapping for the columns that are there again, and guess the rest."""
    columns = Layout.from_json(row.layout).columns
    kind = allowed.fillable(allowed.kind_for(by, row.kind))
    saved = queries.saved_mapping(row.source_id, kind.key)
    known = {} if saved is None else saved.mapping
    kept = {f: c for f, c in known.items() if c in columns and f in kind.fields}
    row.mapping = kept or guessing.guess(kind, columns, row.sample)
    row.chosen_styles = (
        {} if saved is None else {f: s for f, s in saved.styles.items() if f in kept}
    )


# -- prepare


def look_again(*, by: Any, row: Import, wanted: Mapping[str, Any]) -> None:
    """Read the file's beginning with the encoding, delimiter, sheet or heading that the user
    chose."""
    _require_still(row)
    layout = Layout.from_json({**row.layout, **wanted})
    found = files.look(source_path(row), layout, LOOKING)
    before = Layout.from_json(row.layout).columns
    _take_layout(row, found)
    if before != found.layout.columns:
        _guess(row, by)
    row.state = State.DRAFT
    row.save()


def source_path(row: Import) -> Path:
    return Path(row.path) if row.path else storage.folder(row.folder) / "upload"


@transaction.atomic
def set_mapping(
    *, by: Any, row: Import, mapping: Mapping[str, str], styles: Mapping[str, Style]
) -> None:
    """Say which column fills which field, and keep it for the source's next file."""
    _require_still(row)
    columns = Layout.from_json(row.layout).columns
    kind = allowed.kind_for(by, row.kind)
    fields = kind.fields
    allowed.refuse(kind, (name for name in mapping if name in fields))
    row.mapping = {f: c for f, c in mapping.items() if f in fields and c in columns}
    row.chosen_styles = {f: style.as_json() for f, style in styles.items() if f in row.mapping}
    row.state = State.DRAFT
    row.save()
    ColumnMapping.objects.update_or_create(
        source_id=row.source_id,
        kind=row.kind,
        defaults={"mapping": row.mapping, "styles": row.chosen_styles},
    )


def reopen(*, row: Import) -> None:
    """Go back to the mapping; what a check found no longer counts."""
    _require_still(row)
    if row.steps_done:
        raise NotNow(_("Parts of this file are written. Go on, or choose the file again."))
    row.state = State.DRAFT
    row.save()


def missing(row: Import) -> list[str]:
    """Return a sentence for each thing the mapping still lacks."""
    kind = kinds.known(row.kind)
    mapped = frozenset(row.mapping)
    bare = [
        _("Choose the column for “%(field)s”.") % {"field": column.label}
        for column in kind.columns
        if column.field.required and column.field.name not in mapped
    ]
    return [*bare, *(str(sentence) for sentence in kind.missing(mapped))]


# -- run


@transaction.atomic
def enqueue(*, by: Any, now: datetime, row: Import, dry_run: bool) -> None:
    """Check the file, or import it, in the background; a stopped import goes on where it was."""
    allowed.refuse(allowed.kind_for(by, row.kind), row.mapping)
    ask(row=row, dry_run=dry_run, now=now)
    row.job = int(tasks.run.using(by=by).enqueue(row.pk).id)
    row.save(update_fields=["job"])
    verb = "import.checked" if dry_run else "import.run"
    record(by=by, verb=verb, target=row, new={"file": row.file_name}, now=now)


def ask(*, row: Import, dry_run: bool, now: datetime) -> None:
    """Put the import into the state in which `process.run` takes it up."""
    _require_still(row)
    if row.state == State.DONE:
        raise NotNow(_("This file is imported. Choose it again to import it once more."))
    if row.files_deleted_at is not None:
        raise NotNow(_("The file of this import was deleted. Choose it again."))
    if sentences := missing(row):
        raise NotNow(sentences[0])
    row.dry_run = dry_run
    row.state = State.CHECKING if dry_run else State.IMPORTING
    row.reason, row.finished_at = "", None
    row.save()


def _require_still(row: Import) -> None:
    if row.state in RUNNING and not has_stopped(row):
        raise NotNow(_("The import is running. Wait for it, or cancel it first."))


def has_stopped(row: Import) -> bool:
    """Tell whether the job behind a running import is no more."""
    job = job_queries.find(str(row.job)) if row.job else None
    return job is None or not job.is_open


@transaction.atomic
def cancel(*, by: Any, now: datetime, row: Import) -> None:
    """Stop the import; what is not written yet stays unwritten."""
    job = job_queries.find(str(row.job)) if row.job else None
    if job is not None:
        jobs.cancel(by=by, job=job, now=now)
    if has_stopped(row):
        note_cancelled(number=row.pk, now=now)


def forget(*, by: Any, now: datetime, row: Import) -> None:
    """Delete the import's files and its entry; what it imported stays."""
    _require_still(row)
    with transaction.atomic():
        record(by=by, verb="import.deleted", target=row, old={"file": row.file_name}, now=now)
        row.delete()
    storage.clear(row.folder, keep_refused=False)


# -- notes of the job


def note_staged(
    *, row: Import, rows: int, refused: int, styles: Mapping[str, Style], shaped: Shaped
) -> None:
    row.rows, row.refused = rows, refused
    row.styles = {name: style.as_json() for name, style in styles.items()}
    row.left_out, row.notes = dict(shaped.left_out), dict(shaped.notes)
    row.totals, row.counts = dict(shaped.totals), {}
    row.save(update_fields=["rows", "refused", "styles", "left_out", "notes", "totals", "counts"])


def note_checked(*, row: Import, counts: Counts, now: datetime) -> None:
    Import.objects.filter(pk=row.pk, state=State.CHECKING).update(
        state=State.CHECKED, counts=counts, finished_at=now
    )


def note_steps(*, row: Import, done: int, total: int, counts: Counts) -> Counts:
    """Keep how far the import got, in the transaction of the steps; only one worker can.

    Return the counts so far; they count once the transaction is through.
    """
    before = {} if row.steps_done == 0 else row.counts
    merged = kinds.add({part: dict(numbers) for part, numbers in before.items()}, counts)
    mine = Import.objects.filter(pk=row.pk, steps_done=row.steps_done, state=State.IMPORTING)
    if not mine.update(steps_done=F("steps_done") + done, steps_total=total, counts=merged):
        raise current.LeaseLost
    return merged


@transaction.atomic
def finish(*, row: Import, now: datetime) -> None:
    mine = Import.objects.filter(pk=row.pk, state=State.IMPORTING)
    if mine.update(state=State.DONE, finished_at=now):
        new = {"counts": row.counts, "rows": row.rows, "refused": row.refused}
        record(by=row.started_by, verb="import.finished", target=row, new=new, now=now)
        followers.tell(row, now)


@transaction.atomic
def fail(*, row: Import, reason: str, now: datetime) -> None:
    Import.objects.filter(pk=row.pk).update(state=State.FAILED, reason=reason, finished_at=now)
    record(by=row.started_by, verb="import.failed", target=row, new={"reason": reason}, now=now)


def note_cancelled(*, number: int, now: datetime) -> None:
    Import.objects.filter(pk=number, state__in=RUNNING).update(
        state=State.CANCELLED, finished_at=now
    )
