"""What conversations and the audit log tell on timelines."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.customers import queries, timeline
from mainstay.customers.choices import Purpose
from mainstay.customers.talks import queries as talks
from mainstay.customers.timeline import Asked, Entry, Source

CUSTOMER, CONTACT = "customers.customer", "customers.contact"
ICONS = {
    "call": "phone",
    "visit": "map-pin",
    "meeting": "handshake",
    "email": "mail",
    "letter": "mail-open",
    "note": "sticky-note",
}
# Changes of single fields stand in the history; the stream tells what happened to the record.
TOLD = {
    "customer.added": ("user-plus", gettext_lazy("Added by hand")),
    "customer.imported": ("file-input", gettext_lazy("Came with an import")),
    "customer.archived": ("archive", gettext_lazy("Archived")),
    "customer.restored": ("archive-restore", gettext_lazy("Brought back")),
    "contact.added": ("user-plus", gettext_lazy("Added by hand")),
    "contact.archived": ("archive", gettext_lazy("Archived")),
    "contact.restored": ("archive-restore", gettext_lazy("Brought back")),
}
FILTERS = frozenset({"person", "channel"})


def publish() -> None:
    conversations, changes = gettext_lazy("Conversations"), gettext_lazy("Changes")
    for key, entries, about in (
        ("talks", _main, (CUSTOMER, CONTACT)),
        ("talks.beside", _beside, (CONTACT,)),
    ):
        source = Source(key=key, kind="talks", entries=entries, about=about, filters=FILTERS)
        timeline.publish(source, conversations)
    timeline.publish(
        Source(key="changes", kind="changes", entries=timeline.events, about=(CUSTOMER, CONTACT)),
        changes,
    )
    for verb, (icon, label) in TOLD.items():
        timeline.tell(verb, icon, label)


def _main(asked: Asked) -> list[Entry]:
    link = asked.about._meta.model_name
    rows = queries.interactions_listed(asked.user).filter(**{link: asked.about})
    if asked.wish.channel:
        rows = rows.filter(channel=asked.wish.channel)
    if asked.wish.person:
        rows = talks.with_person(rows, asked.wish.person)
    return [entry(row, asked.about) for row in asked.page(rows, "occurred_at")]


def _beside(asked: Asked) -> list[Entry]:
    """Return where a contact took part without being the one it was mainly with."""
    rows = talks.taking_part(asked.user, asked.about)
    if asked.wish.channel:
        rows = rows.filter(interaction__channel=asked.wish.channel)
    if asked.wish.person:
        rows = rows.filter(interaction__user=asked.wish.person)
    found = asked.page(rows, "occurred_at", "interaction_id")
    return [entry(row.interaction, asked.about) for row in found]


def entry(row: Any, about: Any) -> Entry:
    return Entry(
        at=row.occurred_at,
        pk=row.pk,
        icon=ICONS.get(row.channel, "message-square"),
        title=row.subject,
        text=row.body,
        url=reverse("talks:page", args=[row.pk]),
        detail=" · ".join(str(part) for part in _particulars(row, about) if part),
        tone="red" if row.purpose == Purpose.COMPLAINT and row.settled_at is None else "",
    )


def _state(row: Any) -> str:
    if row.purpose != Purpose.COMPLAINT:
        return ""
    return _("settled") if row.settled_at else _("open")


def _particulars(row: Any, about: Any) -> list[Any]:
    whose = row.customer if about._meta.model_name == "contact" else row.contact
    return [
        row.get_channel_display(),
        row.get_purpose_display() if row.purpose != Purpose.TALK else "",
        _state(row),
        row.get_direction_display(),
        _("%(minutes)d min") % {"minutes": row.minutes} if row.minutes else "",
        row.get_outcome_display(),
        whose,
        row.user,
    ]
