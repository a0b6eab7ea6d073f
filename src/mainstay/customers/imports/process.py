"""The life of an import in its job: read, check, write step by step, finish. Every part may be run
again.

Read   the limited child reads the file; the bench stages typed rows and refused values.
Shape  the kind turns rows into what the database holds.
Check  a dry run compares every step with the database and stops there.
Write  each step and the count of steps done are one transaction; a small import is one transaction
altogether.
Finish the mirror takes what was written, the files go, the audit log gets its row.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from mainstay.customers.imports import actions, allowed, kinds, queries, reading, refusals, storage
from mainstay.customers.imports.kinds import Context, Counts, Kind, Step, Work
from mainstay.customers.imports.models import Import
from mainstay.engine.files import Layout, Unreadable
from mainstay.engine.staging.bench import Bench
from mainstay.people.queries import company
from mainstay.shared import money, statistics
from mainstay.shared.jobs import current

TRIES = 3


def run(*, number: int, now: datetime) -> None:
    """Take the import as far as its state asks, from wherever an earlier attempt left it."""
    row = queries.by_number(number)
    if row.state not in queries.RUNNING:
        return
    place = storage.folder(row.folder)
    try:
        with Bench(place) as bench:
            _work(row, bench, now)
    except Unreadable as refusal:
        actions.fail(row=row, reason=_(refusal.message) % refusal.values, now=now)


def _work(row: Import, bench: Bench, now: datetime) -> None:
    kind = allowed.kind_for(None, row.kind)
    if not kind.fields.keys() >= row.mapping.keys():
        text = _("A field that the file fills was put away. Look at the mapping again.")
        raise Unreadable(text)
    work = kind.work(bench, context_of(row, now))
    if row.steps_done == 0 and not _is_staged(row):
        _stage(row, kind, work)
    work.reopen()
    if row.dry_run:
        actions.note_checked(row=row, counts=_compare(work), now=now)
        return
    _write_all(row, work, now)
    work.finish()
    actions.finish(row=row, now=now)
    statistics.renew(row.rows)
    storage.clear(row.folder, keep_refused=True)


def context_of(row: Import, now: datetime) -> Context:
    settings = company()
    return Context(
        source_id=row.source_id,
        source=row.source.name,
        folder=storage.folder(row.folder),
        currency=settings.currency,
        digits=money.digits(settings.currency),
        zone=settings.time_zone,
        mapped=frozenset(row.mapping),
        now=now,
        by=row.started_by,
    )


# -- read and shape


def _stamp(row: Import) -> Path:
    return storage.folder(row.folder) / "staged.json"


def _is_staged(row: Import) -> bool:
    """Tell whether the files of an earlier attempt were made in the way the import asks for now."""
    path = _stamp(row)
    return path.exists() and json.loads(path.read_text()) == _asked(row)


def _asked(row: Import) -> dict[str, Any]:
    return {"layout": row.layout, "mapping": row.mapping, "styles": row.chosen_styles}


def _stage(row: Import, kind: Kind, work: Work) -> None:
    """Read the file and shape its rows; only complete files count."""
    _stamp(row).unlink(missing_ok=True)
    bench, layout = work.bench, Layout.from_json(row.layout)
    source = Path(row.path) if row.path else storage.folder(row.folder) / "upload"
    current.report(done=0, text=_("Reading the file"))
    rows = reading.fetch(source, layout, row.mapping, bench.path("raw"), _show_rows)
    if not rows:
        raise Unreadable(_("The file has headings but no rows. Choose a file with rows."))
    current.report(done=rows, text=_("Checking every value"))
    read = reading.validate(
        bench, kind, layout, row.mapping, zone=work.context.zone, chosen=row.chosen_styles
    )
    current.report(text=_("Putting rows together"))
    shaped = work.shape()
    refused = refusals.write(bench, kind, storage.folder(row.folder) / "refused.csv")
    bench.path("raw").unlink(missing_ok=True)
    bench.path("typed").unlink(missing_ok=True)
    actions.note_staged(
        row=row, rows=read.staged.rows, refused=refused, styles=read.styles, shaped=shaped
    )
    _stamp(row).write_text(json.dumps(_asked(row)))


def _show_rows(rows: int) -> None:
    current.report(done=rows)


# -- compare and write


def _compare(work: Work) -> Counts:
    counts: Counts = {}
    steps = work.steps()
    for done, step in enumerate(steps):
        current.report(done=done, total=len(steps), text=_("Comparing with what is there"))
        kinds.add(counts, work.take(step, write=False))
    return counts


def _write_all(row: Import, work: Work, now: datetime) -> None:
    """Write the steps that are still to be done: a small import in one transaction, a large one
    step by step."""
    steps = work.steps()
    at_once = len(steps) if row.rows <= kinds.LINES_AT_ONCE else 1
    while row.steps_done < len(steps):
        current.report(done=row.steps_done, total=len(steps), text=_("Writing"))
        piece = steps[row.steps_done : row.steps_done + at_once]
        if at_once == 1:
            work.prepare(piece[0])  # outside the transaction: other writers get their turn
        _together(row, work, piece, total=len(steps))


def _together(row: Import, work: Work, steps: list[Step], total: int) -> None:
    """Write steps and the note that they are done in one transaction.

    If somebody else wrote one of the same orders a moment before, compare and write again.
    """
    for attempt in range(TRIES):
        try:
            with _trusting(work, steps), transaction.atomic():
                counts: Counts = {}
                for step in steps:
                    kinds.add(counts, work.take(step, write=True))
                    current.report()
                after = actions.note_steps(row=row, done=len(steps), total=total, counts=counts)
        except IntegrityError:
            work.forget()
            if attempt == TRIES - 1:
                raise
        else:
            row.steps_done, row.counts = row.steps_done + len(steps), after
            return


@contextmanager
def _trusting(work: Work, steps: list[Step]) -> Iterator[None]:
    """Leave the rows' references to a kind that checks them itself, as a set (on SQLite, and only
    outside a transaction: else nothing changes)."""
    trusts = not connection.in_atomic_block and all(map(work.guards_references, steps))
    if not (trusts and connection.disable_constraint_checking()):
        yield
        return
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def note_cancelled(*, number: int, now: datetime) -> None:
    """Say that the job stopped because the user wished so."""
    actions.note_cancelled(number=number, now=now)
