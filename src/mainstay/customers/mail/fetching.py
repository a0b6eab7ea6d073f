"""One reading of a mailbox: what is new in its folders, onto timelines or into the report.

Where the reading is stands in the mailbox and is kept in the transaction that took the e-mails:
killed at any moment, the next reading goes on behind the last one taken.
"""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.imports import storage
from mainstay.customers.mail import actions, imap, queries, seal
from mainstay.customers.mail.actions import boxes
from mainstay.customers.mail.actions.taking import Reading
from mainstay.customers.mail.imap import Message, NotReached, Session
from mainstay.customers.mail.models import Intake, Mailbox
from mainstay.customers.mail.process import outcome
from mainstay.engine import letters
from mainstay.engine.files import Unreadable
from mainstay.engine.files.unreadable import gettext_noop
from mainstay.engine.letters import Found
from mainstay.engine.letters.boxes import LARGEST
from mainstay.shared.jobs import current

AT_ONCE = 20
LARGEST_PIECE = 40 << 20
# The next reading goes on with what is left of a large mailbox.
MOST_AT_A_READING = 5000


def run(*, number: int, now: datetime) -> None:
    """Read what is new in the mailbox, and note how it went."""
    box = queries.mailbox(number)
    if box is None or box.paused:
        return
    try:
        with imap.opened(server_of(box)) as session:
            report = _Report(box, now)
            for folder in box.folders:
                _read_folder(session, folder, report)
    except (NotReached, seal.NoSecret) as refusal:
        boxes.note_failed(row=box, reason=str(refusal), now=now)
        return
    report.finish()


def tried(box: Mailbox) -> str:
    """Open the mailbox and its folders, take nothing; return what to tell who tries."""
    try:
        with imap.opened(server_of(box)) as session:
            for folder in box.folders:
                session.examine(folder)
    except (NotReached, seal.NoSecret) as refusal:
        return str(refusal)
    return ""


def server_of(box: Mailbox) -> imap.Server:
    secret = seal.opened(box.sealed, box.variable)
    return imap.Server(box.host, box.port, box.security, box.user, secret)


class _Report:
    """What this reading found; it becomes an entry with the first e-mail."""

    def __init__(self, box: Mailbox, now: datetime) -> None:
        self.box, self.now = box, now
        self.reading = Reading(None, now, queries.terms())
        self.intake: Intake | None = None

    def entry(self) -> Intake:
        if self.intake is None:
            folder = storage.new_folder()
            self.intake = boxes.begin_reading(row=self.box, folder=folder)
        return self.intake

    def take(self, folder: str, place: tuple[int, int], found: list[Found]) -> None:
        """Take or skip the e-mails, and keep where the reading is, together."""
        with transaction.atomic():
            entry = self.entry()
            outcomes = [(each, outcome(self.reading, each)) for each in found]
            actions.note_read(row=entry, outcomes=outcomes, now=self.now)
            boxes.note_place(row=self.box, folder=folder, place=place)
            current.report(done=entry.read, text=_("Reading e-mails"))

    def finish(self) -> None:
        if self.intake is not None:
            actions.finish(row=self.intake, now=self.now)
        boxes.note_read(row=self.box, intake=self.intake, now=self.now)


def _read_folder(session: Session, folder: str, report: _Report) -> None:
    validity = session.examine(folder)
    known, last = report.box.places.get(folder, [0, 0])
    uids = session.uids(after=last if known == validity else 0, since=report.box.since)
    for piece in _pieces(session, uids[:MOST_AT_A_READING]):
        report.take(folder, (validity, piece[-1].uid), _understood(piece))


def _pieces(session: Session, uids: list[int]) -> Iterator[list[Message]]:
    """Yield some e-mails at a time, as much as stands in memory without harm."""
    piece: list[Message] = []
    held = 0
    for start in range(0, len(uids), AT_ONCE):
        some = uids[start : start + AT_ONCE]
        sizes = session.sizes(some)
        for uid in some:
            size = sizes.get(uid, 0)
            if piece and held + size > LARGEST_PIECE:
                yield piece
                piece, held = [], 0
            message = Message(uid, None) if size > LARGEST else session.message(uid)
            piece += [message] if message else []
            held += size if message else 0
        if piece:
            yield piece
            piece, held = [], 0


def _understood(piece: list[Message]) -> list[Found]:
    """Read the e-mails in the child; where one breaks it, the others are read one by one."""
    read = dict(_read([each for each in piece if each.content is not None]))
    return [
        read.get(each.uid)
        or Found(each.uid, None, "too_large" if each.content is None else "malformed")
        for each in piece
    ]


def _read(piece: list[Message]) -> Iterator[tuple[int, Found]]:
    try:
        yield from _read_together(piece)
    except Unreadable:
        for each in piece if len(piece) > 1 else ():
            yield from _read([each])


def _read_together(piece: list[Message]) -> list[tuple[int, Found]]:
    if not piece:
        return []
    with tempfile.NamedTemporaryFile(prefix="mail-") as file:
        file.writelines(_lines(piece))
        file.flush()
        found = list(letters.read(Path(file.name)))
    if len(found) != len(piece):
        raise Unreadable(gettext_noop("The e-mails cannot be told apart."))
    return [(m.uid, Found(m.uid, f.letter, f.why)) for m, f in zip(piece, found, strict=True)]


def _lines(piece: Iterable[Any]) -> Iterator[bytes]:
    """Yield the e-mails as an mbox has them; what looks like its own lines gets a “>”."""
    for message in piece:
        yield f"From mailbox {message.at}\n".encode()
        for line in message.content.splitlines(keepends=True):
            yield b">" + line if line.lstrip(b">").startswith(b"From ") else line
        yield b"\n\n"
