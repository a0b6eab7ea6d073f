"""What a rule may ask of a customer's own record and of what was said."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries
from mainstay.customers.choices import Channel, Purpose
from mainstay.customers.queries import trees
from mainstay.people import queries as people
from mainstay.people.permissions import sees
from mainstay.shared import countries

from . import queries as segments
from .fields import Field, Kind, register

CUSTOMER, CONTACTS = _("Customer"), _("Contacts and complaints")
KINDS = [("organisation", _("Organisation")), ("person", _("Person"))]


def _named(rows: Any) -> Any:
    return lambda: [(str(row.pk), str(row)) for row in rows()]


def _own(key: str, label: Any, kind: Kind, **wishes: Any) -> Field:
    known: dict[str, Any] = {"path": key} | wishes
    name = "tags" if key == "tag" else known["path"]
    known["permission"] = sees("customers.customer", name)
    return Field(key=f"customer.{key}", label=label, group=CUSTOMER, kind=kind, **known)


def _talks() -> Any:
    return queries.interactions_seen_by(None).filter(archived_at=None)


def _said(key: str, label: Any, rows: Any, **wishes: Any) -> Field:
    return Field(
        key=key, label=label, group=CONTACTS, kind=Kind.EVENT, path="occurred_at", moment=True,
        rows=rows, **wishes,
    )  # fmt: skip


def _group() -> Field:
    return Field(
        key="customer.group",
        label=_("With subsidiaries of"),
        group=CUSTOMER,
        kind=Kind.TEXT,
        answer=lambda name, on: trees.within_named(queries.everybody(), name),
        only=("is", "is_not"),
    )


def _nested() -> Field:
    return Field(
        key=segments.NESTED,
        label=_("Segment"),
        group=CUSTOMER,
        kind=Kind.CHOICE,
        choices=_named(segments.every),
        answer=segments.in_segments,
        only=("is", "is_not"),
    )


def publish() -> None:
    """Register the fields that the customers capability owns."""
    register(
        _own("kind", _("Kind"), Kind.CHOICE, choices=lambda: list(KINDS)),
        _own("name", _("Name"), Kind.TEXT),
        _own("country", _("Country"), Kind.CHOICE, choices=countries.choices),
        _own("city", _("City"), Kind.TEXT),
        _own("industry", _("Industry"), Kind.TEXT),
        _own("owner", _("Owner"), Kind.CHOICE, choices=_named(people.named_owners)),
        _own("team", _("Team"), Kind.CHOICE, choices=_named(people.owning_teams)),
        _own(
            "tag", _("Tag"), Kind.CHOICE, path="tag", rows=queries.taggings,
            choices=_named(queries.tags),
        ),
        _own(
            "channel", _("Came by"), Kind.CHOICE, path="acquisition_channel",
            choices=_named(queries.channels),
        ),
        _own(
            "campaign", _("Campaign"), Kind.CHOICE, path="acquisition_campaign",
            choices=_named(queries.campaigns),
        ),
        _group(),
        _own("email", _("E-mail"), Kind.TEXT),
        _own("phone", _("Phone"), Kind.TEXT),
        _own("founded_year", _("Year founded"), Kind.NUMBER),
        _own("created_at", _("Added"), Kind.DAY, moment=True),
        _own("restricted", _("Processing restricted"), Kind.FLAG),
        _said(
            "contacts.any", _("Contact of any kind"), _talks, detail="channel",
            detail_label=_("by"), choices=lambda: list(Channel.choices),
        ),
        _said(
            "contacts.purpose", _("Conversation"), _talks, detail="purpose",
            detail_label=_("about"), choices=lambda: list(Purpose.choices),
        ),
        _said("contacts.complaint", _("Complaint"), queries.complaints),
        _said("contacts.open_complaint", _("Open complaint"), queries.open_complaints),
        _nested(),
    )  # fmt: skip
