"""Everything that changes files of e-mails and their reports: begin, read, stop, forget."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mainstay.customers import actions as customers
from mainstay.customers.imports import storage
from mainstay.customers.mail import queries
from mainstay.customers.mail.actions.taking import Outcome
from mainstay.customers.mail.choices import OPEN, SECRET, State
from mainstay.customers.mail.models import Intake, Skipped
from mainstay.engine.letters import Found
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared.jobs import actions as jobs
from mainstay.shared.jobs import current
from mainstay.shared.jobs import queries as job_queries

RIGHT = "interactions.edit"
LARGEST_UPLOAD = 500 << 20
LONGEST_DETAIL = 300


class NotNow(Exception):
    """This cannot be done in this state; the text says what to do."""


def may_read(by: Any) -> None:
    """Raise unless the user may bring e-mails in; None is the program itself."""
    if by is not None:
        require(by, RIGHT)


def begin(*, by: Any, now: datetime, chunks: Iterable[bytes], name: str) -> Intake:
    """Keep a file of e-mails and have it read in the background."""
    row = keep(by=by, now=now, chunks=chunks, name=name)
    enqueue(by=by, row=row)
    return row


def keep(*, by: Any, now: datetime, chunks: Iterable[bytes], name: str) -> Intake:
    """Keep a file of e-mails to be read."""
    may_read(by)
    folder = storage.new_folder()
    path = storage.keep(chunks, folder)
    with transaction.atomic():
        row = Intake.objects.create(
            file_name=Path(name).name[:255] or "mail", folder=folder,
            size=path.stat().st_size, started_by=by,
        )  # fmt: skip
        record(by=by, verb="mail.begun", target=row, new={"file": row.file_name}, now=now)
    return row


@transaction.atomic
def read_again(*, by: Any, now: datetime, row: Intake) -> None:
    """Read the file once more: what was taken stays, who is known by now is found."""
    may_read(by)
    if row.state in OPEN and not has_stopped(row):
        raise NotNow(_("The file is being read. Wait for it, or cancel it first."))
    if row.files_deleted_at is not None or row.mailbox_id is not None:
        raise NotNow(_("The file is not kept any more. Choose it again."))
    Skipped.objects.filter(intake=row).delete()
    row.state, row.read, row.taken, row.counts = State.WAITING, 0, 0, {}
    row.reason, row.finished_at = "", None
    row.save()
    record(by=by, verb="mail.read_again", target=row, new={"file": row.file_name}, now=now)
    enqueue(by=by, row=row)


def enqueue(*, by: Any, row: Intake) -> None:
    from mainstay.customers.mail.tasks import read_file

    with transaction.atomic():
        row.job = int(read_file.using(by=by).enqueue(row.pk).id)
        row.save(update_fields=["job"])


def has_stopped(row: Intake) -> bool:
    """Tell whether the job behind it is no more."""
    job = job_queries.find(str(row.job)) if row.job else None
    return job is None or not job.is_open


@transaction.atomic
def cancel(*, by: Any, now: datetime, row: Intake) -> None:
    """Stop reading; what is on timelines stays there."""
    job = job_queries.find(str(row.job)) if row.job else None
    if job is not None:
        jobs.cancel(by=by, job=job, now=now)
    if has_stopped(row):
        note_cancelled(number=row.pk, now=now)


def forget(*, by: Any, now: datetime, row: Intake) -> None:
    """Delete the file and its report; what is on timelines stays there."""
    if row.state in OPEN and not has_stopped(row):
        raise NotNow(_("The file is being read. Wait for it, or cancel it first."))
    with transaction.atomic():
        record(by=by, verb="mail.report_deleted", target=row, old={"file": str(row)}, now=now)
        row.delete()
    storage.clear(row.folder, keep_refused=False)


def delete_old_files(*, now: datetime) -> int:
    """Delete uploads and reports whose days are over; return how many."""
    rows = list(queries.old_intakes(now=now))
    for row in rows:
        delete_files(row=row, by=None, now=now)
    return len(rows)


@transaction.atomic
def delete_files(*, row: Intake, by: Any, now: datetime) -> None:
    """Delete the upload and the rows of who was skipped; the counts stay."""
    Skipped.objects.filter(intake=row).delete()
    Intake.objects.filter(pk=row.pk).update(files_deleted_at=now)
    record(by=by, verb="mail.files_deleted", target=row, old={"file": row.file_name}, now=now)
    transaction.on_commit(lambda: storage.clear(row.folder, keep_refused=False))


# -- an unknown person


@transaction.atomic
def make_contact(
    *, by: Any, now: datetime, skipped: Skipped, customer: Any, values: Mapping[str, Any]
) -> Any:
    """Make a contact of whom an e-mail was skipped for, and read the file once more.

    `customer` may be the name of an organisation that is not there yet.
    """
    may_read(by)
    given = dict(values)
    position = given.pop("position", "")
    if isinstance(customer, str):
        new = {"name": customer, "kind": "organisation"}
        customer = customers.add_customer(by=by, now=now, values=new)
    contact = customers.add_contact(
        by=by, now=now, values=given, customer=customer, position=position
    )
    row = skipped.intake
    if row.mailbox_id is None and row.files_deleted_at is None and row.state not in OPEN:
        read_again(by=by, now=now, row=row)
    return contact


# -- notes of the job


def note_running(*, row: Intake) -> None:
    row.state = State.RUNNING
    Intake.objects.filter(pk=row.pk).update(state=State.RUNNING)


def note_read(*, row: Intake, outcomes: list[tuple[Found, Outcome]], now: datetime) -> None:
    """Keep what became of the next e-mails, in the transaction that took them; one worker can."""
    Skipped.objects.bulk_create(
        _skipped(row, found, outcome) for found, outcome in outcomes if outcome.why
    )
    taken, counts = row.taken, dict(row.counts)
    for _found, outcome in outcomes:
        taken += outcome.taken
        if outcome.why:
            counts[outcome.why] = counts.get(outcome.why, 0) + 1
    mine = Intake.objects.filter(pk=row.pk, read=row.read, state=State.RUNNING)
    if not mine.update(read=F("read") + len(outcomes), taken=taken, counts=counts, updated_at=now):
        raise current.LeaseLost
    row.read, row.taken, row.counts = row.read + len(outcomes), taken, counts


def _skipped(row: Intake, found: Found, outcome: Outcome) -> Skipped:
    secret = outcome.why in SECRET
    letter = None if secret else found.letter
    who = None if secret else outcome.who
    return Skipped(
        intake=row,
        place=found.place,
        why=outcome.why,
        name=who.name if who else "",
        email=who.email if who else "",
        subject=letter.subject if letter else "",
        sent_at=letter.sent_at if letter else None,
        detail="" if secret else outcome.detail[:LONGEST_DETAIL],
    )


@transaction.atomic
def finish(*, row: Intake, now: datetime) -> None:
    mine = Intake.objects.filter(pk=row.pk, state=State.RUNNING)
    if mine.update(state=State.DONE, finished_at=now):
        new = {"read": row.read, "taken": row.taken, "skipped": row.counts}
        record(by=row.started_by, verb="mail.read", target=row, new=new, now=now)


@transaction.atomic
def fail(*, row: Intake, reason: str, now: datetime) -> None:
    Intake.objects.filter(pk=row.pk).update(state=State.FAILED, reason=reason, finished_at=now)
    record(by=row.started_by, verb="mail.failed", target=row, new={"reason": reason}, now=now)


def note_cancelled(*, number: int, now: datetime) -> None:
    rows = Intake.objects.filter(pk=number, state__in=OPEN)
    rows.update(state=State.CANCELLED, finished_at=now)
