"""Everything that changes mailboxes and the company's rules for e-mails."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.customers.mail import queries, seal
from mainstay.customers.mail.choices import State
from mainstay.customers.mail.models import Intake, Mailbox
from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions
from mainstay.shared.jobs import queries as jobs

MOST_FOLDERS = 20
# Whoever changes where the mailbox is must know its password.
PLACE = ("host", "port", "user", "security")


@transaction.atomic
def set_rules(*, by: Any, now: datetime, values: Mapping[str, Any]) -> None:
    """Say what is ours and what is never read; it holds from the next e-mail on."""
    _may(by)
    row = queries.mail_rules()
    old, new = versions.apply(row, dict(values))
    if new:
        row.save()
        record(by=by, verb="mail.rules_changed", target=row, old=old, new=new, now=now)


@transaction.atomic
def save(
    *, by: Any, now: datetime, values: Mapping[str, Any], secret: str = "", row: Any = None
) -> Mailbox:
    """Add a mailbox or change it; the password is kept encrypted and shown to nobody."""
    _may(by)
    box = Mailbox() if row is None else Mailbox.objects.select_for_update().get(pk=row.pk)
    old, new = versions.apply(box, dict(values))
    moved = box.pk is not None and any(name in new for name in PLACE)
    _check_secret(box, secret, moved=moved)
    if secret:
        box.sealed, new = seal.sealed(secret), {**new, "password": _("changed")}
    if box.variable:
        box.sealed = ""
    if moved:
        box.places = {}
    if new:
        box.save()
        verb = "mailbox.added" if row is None else "mailbox.changed"
        record(by=by, verb=verb, target=box, old=old, new=new, now=now)
    return box


def _check_secret(box: Mailbox, secret: str, *, moved: bool) -> None:
    if box.variable and secret:
        text = _("Either type a password or name a variable that holds it, not both.")
        raise ValidationError({"secret": text})
    if not (box.variable or secret) and (moved or not box.sealed):
        text = (
            _("Type the password once more: it is sent to another place now.")
            if moved
            else _("Type the password, or name a variable that holds it.")
        )
        raise ValidationError({"secret": text})


@transaction.atomic
def pause(*, by: Any, now: datetime, row: Mailbox, paused: bool) -> None:
    """Stop reading the mailbox from time to time, or go on with it."""
    _may(by)
    if Mailbox.objects.filter(pk=row.pk, paused=not paused).update(paused=paused):
        verb = "mailbox.paused" if paused else "mailbox.resumed"
        record(by=by, verb=verb, target=row, now=now)


@transaction.atomic
def remove(*, by: Any, now: datetime, row: Mailbox) -> None:
    """Forget the mailbox and its reports; what is on timelines stays there."""
    _may(by)
    record(by=by, verb="mailbox.removed", target=row, old={"user": row.user}, now=now)
    row.delete()


@transaction.atomic
def read_now(*, by: Any, row: Mailbox) -> bool:
    """Have the mailbox read, unless it is being read; answer whether a reading was begun."""
    from mainstay.customers.mail.tasks import read_mailbox

    if by is not None:
        _may(by)
    box = Mailbox.objects.select_for_update().get(pk=row.pk)
    job = jobs.find(str(box.job)) if box.job else None
    if job is not None and job.is_open:
        return False
    number = int(read_mailbox.using(by=by).enqueue(box.pk).id)
    Mailbox.objects.filter(pk=box.pk).update(job=number)
    return True


def read_due(*, now: datetime) -> int:
    """Have each mailbox read whose minutes are over; return how many."""
    return sum(read_now(by=None, row=row) for row in queries.due_mailboxes(now=now))


# -- notes of a reading


def begin_reading(*, row: Mailbox, folder: str) -> Intake:
    return Intake.objects.create(
        mailbox=row, file_name=row.name, folder=folder, state=State.RUNNING, job=row.job
    )


def note_place(*, row: Mailbox, folder: str, place: tuple[int, int]) -> None:
    """Keep up to which number the folder is read, in the transaction that took the e-mails."""
    row.places = {**row.places, folder: list(place)}
    Mailbox.objects.filter(pk=row.pk).update(places=row.places)


def note_read(*, row: Mailbox, intake: Intake | None, now: datetime) -> None:
    taken = intake.taken if intake else 0
    read = intake.read if intake else 0
    skipped = sum(intake.counts.values()) if intake else 0
    text = ngettext("%(n)d new e-mail", "%(n)d new e-mails", read) % {"n": read}
    if read:
        some = _("%(taken)d on timelines, %(skipped)d skipped")
        text += ": " + some % {"taken": taken, "skipped": skipped}
    Mailbox.objects.filter(pk=row.pk).update(
        read_at=now, works=True, result=f"{text}.", taken=F("taken") + taken,
        skipped=F("skipped") + skipped,
    )  # fmt: skip


def note_failed(*, row: Mailbox, reason: str, now: datetime) -> None:
    Mailbox.objects.filter(pk=row.pk).update(read_at=now, works=False, result=reason[:500])
    open_ones = Intake.objects.filter(mailbox=row, state=State.RUNNING)
    open_ones.update(state=State.FAILED, reason=reason, finished_at=now)


def _may(by: Any) -> None:
    """Raise unless the user keeps the company's settings; None is the program itself."""
    if by is not None:
        require(by, "people.admin")
