"""Recording many conversations of one source at once: known ones change, new ones are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers.actions import read_texts, source_named
from mainstay.customers.actions.cleaning import INTERACTION_FIELDS, may_edit
from mainstay.customers.actions.interactions import set_values
from mainstay.customers.actions.recorded import Recorded
from mainstay.customers.choices import Purpose
from mainstay.customers.models import Interaction
from mainstay.customers.personal_data import ERASED
from mainstay.customers.talks import queries as talks
from mainstay.customers.talks.actions.lookups import Lookups
from mainstay.customers.talks.models import InteractionReference, Participant
from mainstay.records.actions import record_many
from mainstay.shared import versions

AT_ONCE = 500
WRITTEN = [*INTERACTION_FIELDS, "user", "settled_at", "updated_at"]

Row = tuple[str, Mapping[str, Any]]
People = tuple[list[int] | None, list[int] | None]


@dataclass
class _Taken:
    """A row that fits: the conversation, what differs, and who of both sides took part."""

    interaction: Interaction
    reference: InteractionReference
    people: People
    old: dict[str, Any]
    new: dict[str, Any]


@transaction.atomic
def record_interactions(*, by: Any, now: datetime, source: str, rows: Sequence[Row]) -> Recorded:
    """Record conversations by the source's names; a row that does not fit is refused alone.

    Customers and contacts are named as the same source knows them. Whom a text mentions is not
    told: a batch tells of what was.
    """
    may_edit(by, "interactions.edit")
    batch = _Batch(by=by, now=now, source=source_named(source.strip()), rows=rows)
    for index, (external_id, values) in enumerate(rows):
        try:
            batch.take(external_id, values)
        except ValidationError as refusal:
            batch.outcome.refused[index] = refusal
    batch.write()
    return batch.outcome


class _Batch:
    def __init__(self, *, by: Any, now: datetime, source: Any, rows: Sequence[Row]) -> None:
        self.by, self.now, self.source = by, now, source
        self.outcome = Recorded()
        names = [external_id.strip() for external_id, _values in rows]
        references = InteractionReference.objects.filter(source=source, external_id__in=names)
        self._taken = dict(references.values_list("external_id", "interaction"))
        mine = talks.changed_by(by).filter(pk__in=self._taken.values())
        locked = mine.select_related("customer", "contact", "user").select_for_update(of=("self",))
        self._known = {row.pk: row for row in locked.order_by("pk")}
        standing = [row.customer_id for row in self._known.values()]
        self._named = Lookups(by, source, [values for _n, values in rows], standing)
        beside = Participant.objects.filter(interaction__in=self._known).order_by("pk")
        self._beside: dict[int, list[Participant]] = {}
        for each in beside:
            self._beside.setdefault(each.interaction_id, []).append(each)
        self._met: set[str] = set()
        self._added: list[_Taken] = []
        self._changed: list[_Taken] = []

    def take(self, external_id: str, values: Mapping[str, Any]) -> None:
        """Prepare one row, or raise what is wrong with it."""
        reference = InteractionReference(source=self.source, external_id=external_id.strip())
        name = reference.external_id
        versions.check(reference)
        if name in self._met:
            message = _("“%(value)s” appears twice; send each conversation once.")
            raise ValidationError({"external_id": message % {"value": name}})
        self._met.add(name)
        number = self._taken.get(name)
        if number is not None and number not in self._known:
            message = _("“%(value)s” names a conversation that is not yours to change.")
            raise ValidationError({"external_id": message % {"value": name}})
        known = self._known.get(number or 0)
        row = self._standing(known, values) if known else self._new(values)
        people = self._with(row, values)
        taken = _Taken(row, reference, people, *self._say(row, people, values))
        (self._changed if known else self._added).append(taken)

    def _new(self, values: Mapping[str, Any]) -> Interaction:
        customer = self._named.customer(values.get("customer", ""))
        user = None if "users" in values else self.by
        return Interaction(customer=customer, user=user, occurred_at=self.now)

    def _standing(self, row: Interaction, values: Mapping[str, Any]) -> Interaction:
        """Return the known conversation; it stays with the customer with whom it was."""
        if "customer" in values and self._named.customer(values["customer"]) != row.customer:
            message = _("This conversation was with %(name)s; record it anew under its own number.")
            raise ValidationError({"customer": message % {"name": row.customer}})
        if _was_erased(row):
            message = _("The person with whom this conversation was is erased; it stays empty.")
            raise ValidationError({"external_id": message})
        return row

    def _with(self, row: Interaction, values: Mapping[str, Any]) -> People:
        """Return who took part by number, as far as the row says it."""
        contacts = users = None
        if "contacts" in values:
            stayed = {each.contact_id for each in self._beside.get(row.pk, ())} | {row.contact_id}
            contacts = self._named.contacts(row.customer, values["contacts"], stayed)
        if "users" in values:
            users = self._named.users(values["users"])
        return contacts, users

    def _say(
        self, row: Interaction, people: People, values: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Set what the row says; return old and new of what differs."""
        apart = ("customer", "contacts", "users", "settled")
        own = {key: value for key, value in values.items() if key not in apart}
        old, new = set_values(row, own, self.now)
        further: dict[str, Any] = {}
        contacts, users = people
        if contacts is not None and row.contact_id not in contacts:
            further["contact"] = self._named.contact(contacts[0]) if contacts else None
        if users is not None and row.user_id not in users:
            further["user"] = self._named.user(users[0]) if users else None
        if "settled" in values:
            further["settled_at"] = _settled_at(row, values["settled"], self.now)
        was, is_now = versions.apply(row, further)
        return old | was, new | is_now

    def write(self) -> None:
        Interaction.objects.bulk_create([each.interaction for each in self._added], AT_ONCE)
        for each in self._added:
            each.reference.interaction = each.interaction
        InteractionReference.objects.bulk_create([e.reference for e in self._added], AT_ONCE)
        differing = [each for each in self._changed if each.new]
        for each in differing:
            each.interaction.updated_at = self.now
        Interaction.objects.bulk_create(
            [each.interaction for each in differing],
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=WRITTEN,
        )
        met_others = self._write_people()
        read_texts(len(self._added) + len(differing))
        for verb, rows in (("added", self._added), ("changed", differing)):
            changes = [(each.interaction, each.old, each.new) for each in rows]
            record_many(by=self.by, verb=f"interaction.{verb}", changes=changes, now=self.now)
        self._count({each.interaction.pk for each in differing} | met_others)

    def _write_people(self) -> set[int]:
        """Write who took part beside the main two; return the known ones for which it differs."""
        gone, fresh, moved = [], [], []
        differ: set[int] = set()
        for each in (*self._added, *self._changed):
            row, have = each.interaction, self._beside.get(each.interaction.pk, [])
            wanted = _beside(row, each.people, have)
            ended = [one for one in have if (one.contact_id, one.user_id) not in wanted]
            new = wanted - {(one.contact_id, one.user_id) for one in have}
            gone += [one.pk for one in ended]
            moved += [one for one in have if one.occurred_at != row.occurred_at]
            fresh += [_participant(row, *one) for one in sorted(new, key=str)]
            differ |= {row.pk} if ended or new else set()
        for one in moved:
            one.occurred_at = self._known[one.interaction_id].occurred_at
        Participant.objects.filter(pk__in=gone).delete()
        Participant.objects.bulk_update(moved, ["occurred_at"], batch_size=AT_ONCE)
        Participant.objects.bulk_create(fresh, AT_ONCE)
        return differ & set(self._known)

    def _count(self, changed: set[int]) -> None:
        for each in (*self._added, *self._changed):
            self.outcome.ids[each.reference.external_id] = each.interaction.pk
        self.outcome.added, self.outcome.changed = len(self._added), len(changed)
        self.outcome.unchanged = len(self._changed) - len(changed)


def _was_erased(row: Interaction) -> bool:
    """Tell whether only the day is left of it: its source must not bring back what was said."""
    return row.subject == ERASED and not row.body and row.contact_id is None


def _settled_at(row: Interaction, settled: bool, now: datetime) -> datetime | None:
    if settled and row.purpose != Purpose.COMPLAINT:
        raise ValidationError({"settled": _("Only a complaint can be settled.")})
    return (row.settled_at or now) if settled else None


def _beside(
    row: Interaction, people: People, have: Sequence[Participant]
) -> set[tuple[int | None, int | None]]:
    """Return who shall take part beside the main two; a side that the row leaves out stays."""
    contacts, users = people
    theirs = [one.contact_id for one in have] if contacts is None else contacts
    ours = [one.user_id for one in have] if users is None else users
    wanted = {(pk, None) for pk in theirs if pk and pk != row.contact_id}
    return wanted | {(None, pk) for pk in ours if pk and pk != row.user_id}


def _participant(row: Interaction, contact: int | None, user: int | None) -> Participant:
    return Participant(
        interaction=row, contact_id=contact, user_id=user, occurred_at=row.occurred_at
    )
