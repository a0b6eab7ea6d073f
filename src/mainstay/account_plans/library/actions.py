"""Write the company's own entries, and its words for shipped ones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.people.permissions import require
from mainstay.records.actions import record
from mainstay.shared import versions

from . import queries
from .models import LibraryEntry

EDIT = "accounts.edit"
MOST = 60  # entries of a topic


@transaction.atomic
def set_entry(
    *, by: Any, now: datetime, topic: str, values: Mapping[str, Any], key: str = ""
) -> LibraryEntry:
    """Add an entry, or change the one with the key."""
    require(by, EDIT)
    there = queries.library().get(topic, [])
    if key and not queries.is_known(topic, key):
        raise ValidationError(_("This entry is gone; open the library again."))
    if any(item.name == values["name"] and item.key != key for item in there):
        raise ValidationError({"name": _("There is an entry of this name; choose another.")})
    if not key and len(there) >= MOST:
        text = _("This part of the library has %(n)d entries, the most there may be; remove one.")
        raise ValidationError(text % {"n": MOST})
    row = (queries.row_of(topic, key) if key else None) or LibraryEntry(topic=topic, key=key)
    if row.pk is None:
        row.by = by
    old, new = versions.apply(row, values)
    row.archived_at = None
    row.save()
    verb = "library.changed" if key else "library.added"
    record(by=by, verb=verb, target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def remove_entry(*, by: Any, now: datetime, topic: str, key: str) -> None:
    """Put an entry away; what was planned with it keeps its words."""
    require(by, EDIT)
    item = queries.entry(topic, key)
    if item is None:
        return
    row = queries.row_of(topic, key) or LibraryEntry(
        topic=topic, key=key, name=item.name, text=item.text, by=by
    )
    row.archived_at = now
    row.save()
    record(by=by, verb="library.removed", target=row, old={"name": item.name}, now=now)


@transaction.atomic
def restore_entry(*, by: Any, now: datetime, topic: str, key: str) -> None:
    """Take a shipped entry back as it was shipped."""
    require(by, EDIT)
    row = LibraryEntry.objects.filter(topic=topic, key=key).exclude(key="").first()
    if row is not None:
        record(by=by, verb="library.restored", target=row, old={"name": row.name}, now=now)
        row.delete()
