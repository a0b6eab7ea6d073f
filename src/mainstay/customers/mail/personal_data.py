"""E-mails, in the register: letters with their conversations, reports and uploads by their words.

An e-mail in which somebody else of the customer took part stays the customer's; the person's words
are taken out of it.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.customers.mail import actions, queries
from mainstay.customers.mail.models import Letter
from mainstay.shared.personal_data import (
    Erasing,
    Impersonal,
    Personal,
    Place,
    blank,
    publish,
    publish_place,
    without,
)

INSTEAD = "–"


def _erase_letters(erasing: Erasing) -> int:
    """Delete the letters of the person; from those of others take the words that stand for it."""
    subject = erasing.subject
    mine = queries.letters_of(subject.customers, subject.contacts)
    beside = queries.letters_beside(subject.contacts)
    for letter in beside.select_related("interaction"):
        _take_out(letter, erasing.words)
    return beside.count() + _delete(mine)


def _delete(rows: "QuerySet[Letter]") -> int:
    return rows.delete()[1].get("mail.Letter", 0)


def _take_out(letter: Letter, words: tuple[str, ...]) -> None:
    """Leave the e-mail without the words; addresses stand there in small letters."""
    forms = (*words, *(word.lower() for word in words))
    row: Any = letter.interaction
    row.subject, row.body = (without(each, forms, INSTEAD) for each in (row.subject, row.body))
    row.save()
    letter.people, letter.quoted, letter.files = (
        without(each, forms, INSTEAD) for each in (letter.people, letter.quoted, letter.files)
    )
    letter.save()


def _delete_files(erasing: Erasing) -> int:
    """Delete every upload: what is encoded within cannot be searched for a name."""
    rows = list(queries.held_intakes())
    for row in rows:
        actions.delete_files(row=row, by=erasing.by, now=timezone.now())
    return len(rows)


ENTRIES = (
    Personal(
        "mail.Letter",
        _("E-mails"),
        customer="interaction__customer",
        contact=("interaction__contact", "interaction__participants__contact"),
        texts=("interaction__subject", "people", "quoted", "files", "message_id"),
        held_back={
            "key": _("a number made of the e-mail's id"),
            "thread": _("a number made of the first e-mail's id"),
            "timed_by": _("which line of the e-mail gave its moment"),
        },
        labels={"interaction__subject": _("Subject")},
        erase=_erase_letters,
    ),
    Personal(
        "mail.Skipped",
        _("E-mails that were skipped"),
        words_in=("name", "email", "subject", "detail"),
        erasure=blank(
            _("that an e-mail was skipped, and why, stays in the report"),
            name="",
            email="",
            subject=INSTEAD,
            detail="",
        ),
    ),
    Personal(
        "mail.Intake",
        _("Files of e-mails"),
        words_in=("file_name", "reason"),
        erasure=blank(
            _("that a file was read, and how many e-mails it held, stays"),
            file_name=INSTEAD,
            reason="",
        ),
    ),
    Impersonal("mail.Mailbox", "mailboxes of the company"),
    Impersonal("mail.MailRules", "domains of the company, and whose e-mails it never reads"),
)


def publish_entries() -> None:
    publish(*ENTRIES)
    publish_place(
        Place(
            "mail_files",
            _("Files of e-mails"),
            _("Uploads that wait to be deleted are deleted at once; choose them again"),
            empty=_delete_files,
        )
    )
