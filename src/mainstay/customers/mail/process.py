"""The life of a file of e-mails in its job: read, take or skip, go on where a worker died."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.imports import storage
from mainstay.customers.mail import actions, queries
from mainstay.customers.mail.actions.taking import Outcome, Reading, take
from mainstay.customers.mail.choices import OPEN
from mainstay.customers.mail.models import Intake
from mainstay.engine import letters
from mainstay.engine.files import Unreadable
from mainstay.engine.letters import Found
from mainstay.shared.jobs import current

# So many e-mails are one transaction: others may write in between.
AT_ONCE = 20


def run(*, number: int, now: datetime) -> None:
    """Read the file from where an earlier attempt left it."""
    row = queries.intake(number)
    if row.state not in OPEN:
        return
    actions.note_running(row=row)
    try:
        path = storage.folder(row.folder) / "upload"
        take_all(row, islice(letters.read(path), row.read, None), now)
    except Unreadable as refusal:
        actions.fail(row=row, reason=_(refusal.message) % refusal.values, now=now)
        return
    actions.finish(row=row, now=now)


def take_all(row: Intake, found: Iterable[Found], now: datetime) -> None:
    """Take or skip each e-mail; some at a time are one transaction with the note of them."""
    reading = Reading(row.started_by, now, queries.terms())
    for several in _pieces(iter(found)):
        with transaction.atomic():
            outcomes = [(each, outcome(reading, each)) for each in several]
            actions.note_read(row=row, outcomes=outcomes, now=now)
            current.report(done=row.read, text=_("Reading e-mails"))


def outcome(reading: Reading, found: Found) -> Outcome:
    return Outcome(why=found.why) if found.letter is None else take(reading, found.letter)


def _pieces(found: Iterator[Found]) -> Iterator[list[Found]]:
    while piece := list(islice(found, AT_ONCE)):
        yield piece
