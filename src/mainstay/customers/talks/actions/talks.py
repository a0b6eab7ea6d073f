"""What people do with conversations: note, correct, put away, mention."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import actions, queries
from mainstay.customers.models import Interaction
from mainstay.customers.talks import queries as talks
from mainstay.customers.talks import words
from mainstay.customers.talks.models import Mention, Participant
from mainstay.people import queries as people

MOST_PEOPLE = 50


@transaction.atomic
def note(
    *,
    by: Any,
    now: datetime,
    customer: Any,
    values: Mapping[str, Any],
    contacts: Iterable[Any] = (),
    colleagues: Iterable[Any] = (),
) -> Interaction:
    """Put a conversation on the timeline, with all who took part, and tell whom it mentions."""
    theirs = list(contacts)
    whole = dict(values)
    if theirs and not whole.get("contact"):
        whole["contact"] = theirs[0]
    row = actions.add_interaction(by=by, now=now, customer=customer, values=whole)
    set_participants(row, theirs, list(colleagues))
    _mention(by, now, row)
    return row


@transaction.atomic
def correct(
    *,
    by: Any,
    now: datetime,
    interaction: Interaction,
    values: Mapping[str, Any],
    contacts: Iterable[Any] | None = None,
    colleagues: Iterable[Any] | None = None,
) -> Interaction:
    """Change what differs; people left out (None) stay who they were."""
    known, ours = talks.participants(interaction)
    theirs = known if contacts is None else list(contacts)
    whole = dict(values)
    if contacts is not None and "contact" not in whole:
        keeps = interaction.contact in theirs
        whole["contact"] = interaction.contact if keeps else next(iter(theirs), None)
    row = actions.change_interaction(by=by, now=now, interaction=interaction, values=whole)
    set_participants(row, theirs, ours if colleagues is None else list(colleagues))
    _mention(by, now, row)
    return row


def archive(*, by: Any, now: datetime, interaction: Interaction) -> None:
    """Take the conversation off the timeline; nothing is deleted."""
    actions.archive_interaction(by=by, now=now, interaction=interaction)


def restore(*, by: Any, now: datetime, interaction: Interaction) -> None:
    actions.restore_interaction(by=by, now=now, interaction=interaction)


def settle(*, by: Any, now: datetime, interaction: Interaction, settled: bool = True) -> None:
    """Close a complaint, or open it again."""
    actions.settle_complaint(by=by, now=now, interaction=interaction, settled=settled)


@transaction.atomic
def archive_many(*, by: Any, now: datetime, ids: Iterable[int]) -> int:
    """Take the conversations off their timelines; return how many were there."""
    rows = list(talks.listed(by).filter(pk__in=list(ids)))
    for row in rows:
        archive(by=by, now=now, interaction=row)
    return len(rows)


def read(*, by: Any, now: datetime) -> int:
    """Note that the person has read where they are mentioned."""
    return talks.mentions(by).order_by().filter(read_at=None).update(read_at=now)


def untold(interaction: Interaction) -> list[str]:
    """Return who is named in the text but may not see the customer, and so is not told."""
    named = words.mentioned(interaction.body, talks.names())
    told = set(interaction.mentions.values_list("user", flat=True))
    return [str(one) for one in people.owners().filter(pk__in=named - told)]


def _mention(by: Any, now: datetime, interaction: Interaction) -> None:
    """Tell the colleagues whom the text names, if they may see the customer; each once."""
    if "@" not in interaction.body:
        return
    named = words.mentioned(interaction.body, talks.names()) - {getattr(by, "pk", None)}
    known = set(interaction.mentions.values_list("user", flat=True))
    wanted = people.owners().filter(pk__in=named - known)
    fresh = [one for one in wanted if talks.sees(one, interaction)]
    Mention.objects.bulk_create(
        Mention(interaction=interaction, user=one, made_by=by, created_at=now) for one in fresh
    )


def set_participants(interaction: Interaction, contacts: list[Any], ours: list[Any]) -> None:
    """Let exactly these take part beside the main two."""
    if len(contacts) + len(ours) > MOST_PEOPLE:
        text = _("At most %(most)d people take part in a conversation; name fewer.")
        raise ValidationError(text % {"most": MOST_PEOPLE})
    _check_contacts(interaction, contacts)
    theirs = {one.pk for one in contacts} - {interaction.contact_id}
    colleagues = {one.pk for one in ours} - {interaction.user_id}
    rows = Participant.objects.filter(interaction=interaction)
    rows.exclude(contact__in=theirs).filter(user=None).delete()
    rows.exclude(user__in=colleagues).filter(contact=None).delete()
    rows.update(occurred_at=interaction.occurred_at)
    have = set(rows.values_list("contact", "user"))
    wanted = {(pk, None) for pk in theirs} | {(None, pk) for pk in colleagues}
    Participant.objects.bulk_create(
        Participant(
            interaction=interaction,
            contact_id=contact,
            user_id=user,
            occurred_at=interaction.occurred_at,
        )
        for contact, user in sorted(wanted - have, key=str)
    )


def _check_contacts(interaction: Interaction, contacts: list[Any]) -> None:
    """Refuse who is no contact of the customer; who took part already may have left since."""
    fresh = {one.pk for one in contacts} - {interaction.contact_id}
    fresh -= set(interaction.participants.values_list("contact", flat=True))
    known = set(queries.contacts_at(interaction.customer).values_list("pk", flat=True))
    if strange := [one for one in contacts if one.pk in fresh - known]:
        text = _("%(name)s is not a contact of this customer; add them there first.")
        raise ValidationError({"contacts": text % {"name": strange[0]}})
