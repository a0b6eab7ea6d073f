"""Everything that changes files of e-mails, mailboxes and letters."""

from .files import (
    LARGEST_UPLOAD,
    NotNow,
    begin,
    cancel,
    delete_files,
    delete_old_files,
    fail,
    finish,
    forget,
    has_stopped,
    keep,
    make_contact,
    note_cancelled,
    note_read,
    note_running,
    read_again,
)

__all__ = [
    "LARGEST_UPLOAD",
    "NotNow",
    "begin",
    "cancel",
    "delete_files",
    "delete_old_files",
    "fail",
    "finish",
    "forget",
    "has_stopped",
    "keep",
    "make_contact",
    "note_cancelled",
    "note_read",
    "note_running",
    "read_again",
]
