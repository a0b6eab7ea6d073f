"""Everything that changes conversations and what hangs on them."""

from mainstay.customers.talks.actions.batch import record_interactions
from mainstay.customers.talks.actions.files import attach, forget_unclaimed, remove_file
from mainstay.customers.talks.actions.talks import (
    MOST_PEOPLE,
    archive,
    archive_many,
    correct,
    note,
    read,
    restore,
    set_participants,
    settle,
    untold,
)

__all__ = [
    "MOST_PEOPLE",
    "archive",
    "archive_many",
    "attach",
    "correct",
    "forget_unclaimed",
    "note",
    "read",
    "record_interactions",
    "remove_file",
    "restore",
    "set_participants",
    "settle",
    "untold",
]
