"""Reads of conversations; each starts from what the user may see."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from mainstay.customers import queries as customers
from mainstay.customers.choices import Purpose
from mainstay.customers.models import Contact, Interaction
from mainstay.customers.talks import who
from mainstay.customers.talks.models import Attachment, Mention, Participant
from mainstay.people import queries as people
from mainstay.shared.conditions import Condition, among
from mainstay.shared.search import holding, words

# Customers named by a word: more are asked one by one.
FEW = 2000


def visible_to(user: Any) -> QuerySet[Interaction]:
    """Return the conversations with visible customers, archived ones too."""
    rows = customers.interactions_visible_to(user)
    return rows.select_related("contact", "user", "customer")


def changed_by(user: Any) -> QuerySet[Interaction]:
    """Return the conversations that the user may change; everything for None, the program."""
    if user is None:
        return Interaction.objects.all()
    return Interaction.objects.filter(customers.reach(user, "customer__", to_change=True))


def listed(user: Any) -> QuerySet[Interaction]:
    return customers.interactions_listed(user)


def told(user: Any, **wishes: Any) -> QuerySet[Interaction]:
    """Return conversations as the API tells them, with all who took part."""
    fields = {
        "customer_id": "customer",
        "channel": "channel",
        "since": "occurred_at__gte",
        "updated_since": "updated_at__gte",
        "source": "references__source__name",
        "external_id": "references__external_id",
    }
    narrowed = {fields[name]: value for name, value in wishes.items() if value and name in fields}
    rows = visible_to(user).filter(**narrowed)
    if state := wishes.get("complaint"):
        rows = of_complaint(rows, state)
    if contact := wishes.get("contact_id"):
        beside = Participant.objects.filter(interaction=OuterRef("pk"), contact=contact)
        rows = rows.filter(Q(contact=contact) | Exists(beside))
    parts = Participant.objects.select_related("contact", "user").order_by("pk")
    found = rows.prefetch_related(Prefetch("participants", parts), "attachments")
    return found.prefetch_related("references__source")


def of_complaint(rows: QuerySet[Interaction], state: str) -> QuerySet[Interaction]:
    """Return the complaints, those that are "open" or else those that are settled."""
    return rows.filter(purpose=Purpose.COMPLAINT, settled_at__isnull=state == "open")


def with_person(rows: QuerySet[Interaction], person: int) -> QuerySet[Interaction]:
    """Return the conversations in which one of our people took part."""
    beside = Participant.objects.filter(interaction=OuterRef("pk"), user=person)
    return rows.filter(Q(user=person) | Exists(beside))


def taking_part(user: Any, contact: Any) -> QuerySet[Participant]:
    """Return where the contact took part beside whom it was mainly with."""
    rows = Participant.objects.filter(
        customers.reach(user, "interaction__customer__"),
        contact=contact,
        interaction__archived_at=None,
    )
    return rows.select_related(*(f"interaction__{one}" for one in ("customer", "contact", "user")))


def participants(interaction: Interaction) -> tuple[list[Any], list[Any]]:
    """Return all contacts and all of our people who took part, the main ones first."""
    rows = Participant.objects.filter(interaction=interaction).select_related("contact", "user")
    beside = list(rows.order_by("pk"))
    contacts = [interaction.contact, *(row.contact for row in beside)]
    ours = [interaction.user, *(row.user for row in beside)]
    return [one for one in contacts if one], [one for one in ours if one]


def attachments(interaction: Interaction) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(interaction=interaction).select_related("added_by")
    return rows.order_by("pk")


def attachment(user: Any, pk: int) -> Attachment | None:
    """Return the file, for whoever may see the customer it belongs to."""
    rows = Attachment.objects.filter(customers.reach(user, "interaction__customer__"))
    return rows.select_related("interaction").filter(pk=pk).first()


def mentions(user: Any) -> QuerySet[Mention]:
    """Return where the user is named, as far as the user may still see it."""
    rows = Mention.objects.filter(
        customers.reach(user, "interaction__customer__"),
        user=user,
        interaction__archived_at=None,
    )
    return rows.select_related("interaction__customer", "made_by").order_by("-pk")


def unread(user: Any, most: int) -> list[Mention]:
    return list(mentions(user).filter(read_at=None)[:most])


def sees(person: Any, interaction: Interaction) -> bool:
    """Answer whether the person may see the conversation."""
    return customers.visible_to(person).filter(pk=interaction.customer_id).exists()


def names() -> list[tuple[int, str, str]]:
    """Return number, name and address of who may be mentioned."""
    return list(people.owners().values_list("pk", "name", "email"))


def contacts_for(customer: Any) -> QuerySet[Contact]:
    return customers.contacts_at(customer).order_by("sort_name", "pk")


def found(rows: "QuerySet[Any]", typed: str) -> Condition:
    """Return the condition that the customer holds every word."""
    buyers = words(customers.everybody(), typed)
    few = buyers.ids(FEW)

    def ids(most: int) -> list[int] | None:
        if few is None:
            return None
        theirs = Interaction.objects.filter(among(rows.db, few, "customer")).order_by()
        numbers = list(theirs.values_list("pk", flat=True)[: most + 1])
        return numbers if len(numbers) <= most else None

    def some(most: int | None) -> Any:
        theirs = Interaction.objects.filter(customer__in=buyers.some(most)).order_by()
        return theirs.values_list("pk", flat=True)[:most]

    asked = holding(typed, "customer__search") if few is None else among(rows.db, few, "customer")
    return Condition(ids=ids, some=some, asked=asked)


def also(rows: "QuerySet[Any]", numbers: list[int]) -> "QuerySet[Any]":
    """Return the contacts, and those of these numbers besides."""
    either = Q(pk__in=rows.order_by().values("pk")) | Q(pk__in=numbers)
    return Contact.objects.filter(either).order_by("sort_name", "pk")


def attachments_about(customers: Iterable[int], contacts: Iterable[int]) -> QuerySet[Attachment]:
    """Return the files of all conversations with these: only for erasing them."""
    theirs = Q(interaction__customer__in=customers) | Q(interaction__contact__in=contacts)
    return Attachment.objects.filter(theirs)


def talks_with(user: Any, customer: Any, most: int) -> list[who.Talk]:
    """Return the customer's latest conversations with all who took part, up to `most`.

    Notes are no conversations, and a call that reached nobody is none either.
    """
    rows = listed(user).filter(customer=customer).exclude(channel="note").exclude(outcome="missed")
    latest = rows.select_related(None).order_by("-occurred_at", "-pk")
    known = list(latest.values_list("pk", "occurred_at", "channel", "user", "contact")[:most])
    ours = {pk: {person} for pk, _at, _channel, person, _contact in known}
    theirs = {pk: {contact} for pk, _at, _channel, _person, contact in known}
    beside = Participant.objects.filter(among(rows.db, list(ours), "interaction"))
    for pk, person, contact in beside.values_list("interaction", "user", "contact"):
        ours[pk].add(person)
        theirs[pk].add(contact)
    return [
        who.Talk(
            at, channel, frozenset(filter(None, ours[pk])), frozenset(filter(None, theirs[pk]))
        )
        for pk, at, channel, _person, _contact in known
    ]


def names_of_ours(numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of our people who work here still."""
    return {row.pk: str(row) for row in people.named_owners().filter(pk__in=list(numbers))}
