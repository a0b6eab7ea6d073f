"""Files kept with conversations."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions.cleaning import may_edit
from mainstay.customers.models import Interaction
from mainstay.customers.talks import files
from mainstay.customers.talks.models import Attachment
from mainstay.records.actions import record

RIGHT = "interactions.edit"
# A file is written before its row: what nobody claimed after a day belongs to nothing.
UNCLAIMED_SECONDS = 24 * 3600


@transaction.atomic
def attach(*, by: Any, now: datetime, interaction: Interaction, uploads: Iterable[Any]) -> int:
    """Keep the files with the conversation; nothing of them when one does not fit."""
    may_edit(by, RIGHT, customer=interaction.customer)
    wanted = list(uploads)
    if interaction.attachments.count() + len(wanted) > files.MOST:
        text = _("A conversation keeps at most %(most)d files; take one off first.")
        raise ValidationError(text % {"most": files.MOST})
    try:
        named = [(files.checked_name(each.name, each.size), each) for each in wanted]
    except files.NotKept as refusal:
        raise ValidationError({"uploads": str(refusal)}) from refusal
    for name, each in named:
        place = files.keep(each.chunks())
        Attachment.objects.create(
            interaction=interaction,
            name=name,
            place=place,
            size=each.size,
            added_by=by,
            created_at=now,
        )
        record(
            by=by, verb="interaction.file_added", target=interaction, new={"file": name}, now=now
        )
    return len(named)


@transaction.atomic
def remove_file(*, by: Any, now: datetime, attachment: Attachment) -> None:
    """Delete the file for good."""
    may_edit(by, RIGHT, customer=attachment.interaction.customer)
    about, name, place = attachment.interaction, attachment.name, attachment.place
    attachment.delete()
    record(by=by, verb="interaction.file_removed", target=about, old={"file": name}, now=now)
    transaction.on_commit(lambda: files.forget([place]))


def forget_unclaimed(*, now: datetime) -> int:
    """Delete the files whose conversation is gone; return how many."""
    old = [name for name, at in files.kept() if now.timestamp() - at > UNCLAIMED_SECONDS]
    known = set(Attachment.objects.values_list("place", flat=True)) if old else set()
    known |= files.claimed() if old else set()
    gone = [name for name in old if name not in known]
    files.forget(gone)
    return len(gone)
