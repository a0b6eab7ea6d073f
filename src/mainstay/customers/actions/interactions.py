"""What was said to whom: calls, visits, meetings, e-mails, letters and notes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from mainstay.customers import queries
from mainstay.customers.actions.cleaning import INTERACTION_FIELDS, allowed, may_edit
from mainstay.customers.choices import Purpose
from mainstay.customers.merging import queries as merging
from mainstay.customers.models import Affiliation, Contact, Customer, Interaction
from mainstay.records.actions import record
from mainstay.shared import texts, versions

# Clocks differ a little; what lies further ahead is a plan, not something that happened.
CLOCKS_DIFFER = timedelta(minutes=10)
RIGHT = "interactions.edit"
# While an import waits to be read, a single one does not wait behind it.
FEW = 20


@transaction.atomic
def add_interaction(
    *, by: Any, now: datetime, customer: Customer, values: Mapping[str, Any], of_us: Any = ...
) -> Interaction:
    """Put a contact with the customer on its timeline; without a time it happened now.

    `of_us` is who of us had it, or None, where that is not who writes it down.
    """
    may_edit(by, RIGHT, customer=customer)
    interaction = Interaction(
        customer=customer, user=by if of_us is ... else of_us, occurred_at=now
    )
    _check_customer(by, customer)
    new = _write(interaction, values, now)[1]
    interaction.save()
    read_texts(FEW)
    record(by=by, verb="interaction.added", target=interaction, new=new, now=now)
    return interaction


def read_texts(most: int) -> int:
    """Let the search know the latest conversations that it does not know yet; return how many."""
    return texts.read_on(connection, Interaction._meta.db_table, most)


@transaction.atomic
def change_interaction(
    *, by: Any, now: datetime, interaction: Interaction, values: Mapping[str, Any]
) -> Interaction:
    """Correct what differs; the audit log keeps what stood there."""
    may_edit(by, RIGHT, customer=interaction.customer)
    row: Interaction = versions.locked(queries.interactions_seen_by(by), interaction.pk, None)
    old, new = _write(row, values, now)
    if new:
        row.save()
        read_texts(FEW)
        record(by=by, verb="interaction.changed", target=row, old=old, new=new, now=now)
    return row


@transaction.atomic
def archive_interaction(*, by: Any, now: datetime, interaction: Interaction) -> None:
    """Take the interaction off the timeline; nothing is deleted."""
    may_edit(by, RIGHT, customer=interaction.customer)
    found = queries.interactions_seen_by(by).filter(pk=interaction.pk, archived_at=None)
    if found.update(archived_at=now):
        record(by=by, verb="interaction.archived", target=interaction, now=now)


@transaction.atomic
def restore_interaction(*, by: Any, now: datetime, interaction: Interaction) -> None:
    """Bring the interaction back to the timeline."""
    may_edit(by, RIGHT, customer=interaction.customer)
    found = queries.interactions_seen_by(by).filter(pk=interaction.pk, archived_at__isnull=False)
    if found.update(archived_at=None):
        record(by=by, verb="interaction.restored", target=interaction, now=now)


@transaction.atomic
def settle_complaint(
    *, by: Any, now: datetime, interaction: Interaction, settled: bool = True
) -> bool:
    """Close a complaint, or open it again; return whether anything changed."""
    may_edit(by, RIGHT, customer=interaction.customer)
    if interaction.purpose != Purpose.COMPLAINT:
        raise ValidationError({"settled": _("Only a complaint can be settled.")})
    found = queries.interactions_seen_by(by).filter(pk=interaction.pk)
    changed = found.filter(settled_at__isnull=settled).update(settled_at=now if settled else None)
    if changed:
        verb = "interaction.settled" if settled else "interaction.reopened"
        record(by=by, verb=verb, target=interaction, now=now)
    return bool(changed)


def _write(
    interaction: Interaction, values: Mapping[str, Any], now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = set_values(interaction, values, now)
    if interaction.contact is not None:
        _check_contact(interaction.customer, interaction.contact)
    return changed


def set_values(
    interaction: Interaction, values: Mapping[str, Any], now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what is said of the conversation, checked but for whom it was with; save nothing."""
    changed = versions.apply(interaction, allowed(values, INTERACTION_FIELDS))
    if interaction.occurred_at > now + CLOCKS_DIFFER:
        message = _("This lies in the future; an interaction is something that happened.")
        raise ValidationError({"occurred_at": message})
    return changed


def _check_customer(by: Any, customer: Customer) -> None:
    if not queries.seen_by(by).filter(pk=customer.pk).exists():
        raise ValidationError(_("This customer is not among those you may see."))
    merging.check_standing("customer", customer)


def _check_contact(customer: Customer, contact: Contact) -> None:
    if not Affiliation.objects.filter(customer=customer, contact=contact).exists():
        message = _("%(name)s is not a contact of this customer; add them there first.")
        raise ValidationError({"contact": message % {"name": contact}})
