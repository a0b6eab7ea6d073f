"""Reads of files of e-mails, mailboxes and letters; each starts from what the user may see."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from mainstay.customers import queries as customers
from mainstay.customers.mail import rules
from mainstay.customers.mail.choices import OPEN, Why
from mainstay.customers.mail.models import Intake, Letter, Mailbox, MailRules, Skipped
from mainstay.customers.models import Affiliation, Contact, Customer
from mainstay.people import queries as people
from mainstay.people.permissions import Scope, can, scope
from mainstay.shared.search import matching

# So many records may share an address before nobody knows whose it is.
MOST_ALIKE = 20
MOST_IN_THREAD = 50
MOST_SUGGESTED = 5


# -- the rules of the company


def mail_rules() -> MailRules:
    return MailRules.objects.first() or MailRules(marks=list(rules.SHIPPED_MARKS))


def terms() -> rules.Terms:
    """Return what is ours and what is private, today."""
    row = mail_rules()
    boxes = Mailbox.objects.filter(user__contains="@").values_list("user", flat=True)
    ours = {email.lower() for email in (*people.every_email(), *boxes)}
    return rules.Terms(
        frozenset(ours), frozenset(row.own_domains), frozenset(row.never), tuple(row.marks)
    )


# -- files and mailboxes


def intakes(user: Any) -> QuerySet[Intake]:
    """Return what the user may read of: only one's own if one sees some customers.

    Policy: what was skipped names people outside the reach of who looks.
    """
    rows = Intake.objects.select_related("mailbox", "started_by")
    if not can(user, "interactions.edit"):
        return rows.none()
    return rows if scope(user, "customers.view") == Scope.ALL else rows.filter(started_by=user)


def intake(pk: int) -> Intake:
    """Return the file a job is about; jobs speak for whoever enqueued them."""
    return Intake.objects.select_related("mailbox", "started_by").get(pk=pk)


def old_intakes(*, now: datetime) -> QuerySet[Intake]:
    before = now - timedelta(days=people.company().keep_import_days)
    return Intake.objects.filter(created_at__lt=before, files_deleted_at=None).exclude(
        state__in=OPEN
    )


def held_intakes() -> QuerySet[Intake]:
    return Intake.objects.filter(files_deleted_at=None).exclude(state__in=OPEN)


def skips(row: Intake, why: str = "") -> QuerySet[Skipped]:
    rows = Skipped.objects.filter(intake=row)
    return (rows.filter(why=why) if why else rows).order_by("pk")


def skip(user: Any, pk: int) -> Skipped | None:
    """Return a skipped e-mail of an unknown person, if the user may see its report."""
    rows = Skipped.objects.filter(intake__in=intakes(user), why=Why.UNKNOWN)
    return rows.exclude(email="").select_related("intake").filter(pk=pk).first()


def reasons(row: Intake) -> list[tuple[str, int]]:
    counted = Skipped.objects.filter(intake=row).order_by().values("why")
    return list(counted.annotate(n=Count("pk")).order_by("-n", "why").values_list("why", "n"))


def mailboxes(user: Any) -> QuerySet[Mailbox]:
    """Return the mailboxes: they are the company's, for who may see all that comes out of them."""
    rows = Mailbox.objects.order_by("name", "pk")
    everything = scope(user, "customers.view") == Scope.ALL
    return rows if can(user, "interactions.edit") and everything else rows.none()


def mailbox(pk: int) -> Mailbox | None:
    return Mailbox.objects.filter(pk=pk).first()


def mailboxes_to_read(name: str) -> list[int]:
    rows = Mailbox.objects.filter(paused=False, **({"name": name} if name else {}))
    return list(rows.order_by("name", "pk").values_list("pk", flat=True))


def due_mailboxes(*, now: datetime) -> list[Mailbox]:
    """Return the mailboxes whose minutes are over."""
    return [
        row
        for row in Mailbox.objects.filter(paused=False).order_by("read_at", "pk")
        if row.read_at is None or row.read_at + timedelta(minutes=row.every_minutes) <= now
    ]


# -- who is who


def contacts_with(by: Any, email: str) -> list[Contact]:
    """Return the people with the address, the longest known first."""
    rows = customers.contacts_seen_by(by).filter(archived_at=None)
    return list(matching(rows, email).filter(email__iexact=email).order_by("pk")[:MOST_ALIKE])


def customers_with(by: Any, email: str) -> list[Customer]:
    rows = matching(customers.seen_by(by), email).filter(email__iexact=email)
    return list(rows.order_by("archived_at", "pk")[:MOST_ALIKE])


def places_of(by: Any, contacts: Iterable[Contact]) -> list[tuple[Contact, Affiliation]]:
    """Return where the people work and worked, at customers that the user sees."""
    known = {each.pk: each for each in contacts}
    rows = Affiliation.objects.filter(contact__in=known, customer__in=customers.seen_by(by))
    found = rows.select_related("customer").order_by("pk")
    return [(known[each.contact_id], each) for each in found]


def at_domain(user: Any, domain: str) -> list[Customer]:
    """Return the customers whom an address of the domain may belong to."""
    if not domain or domain in rules.PUBLIC_DOMAINS:
        return []
    at = Q(email__iendswith=f"@{domain}") | Q(website__icontains=domain)
    own = matching(customers.listed(user), domain).filter(at)
    contacts = matching(customers.contacts_listed(user), domain)
    theirs = contacts.filter(email__iendswith=f"@{domain}").values("pk")[:MOST_ALIKE]
    beside = customers.listed(user).filter(affiliations__contact__in=list(theirs.values_list("pk")))
    found = {row.pk: row for row in (*own[:MOST_SUGGESTED], *beside.distinct()[:MOST_SUGGESTED])}
    return list(found.values())[:MOST_SUGGESTED]


# -- letters


def known_for(keys: Collection[str]) -> dict[str, set[int]]:
    """Return the customers on whose timelines e-mails of these keys are."""
    found: dict[str, set[int]] = {}
    rows = Letter.objects.filter(key__in=keys)
    for key, first, now in rows.values_list("key", "taken_for", "interaction__customer"):
        found.setdefault(key, set()).update((first, now))
    return found


def threads_of(keys: Collection[str]) -> dict[str, str]:
    return dict(Letter.objects.filter(key__in=keys).values_list("key", "thread"))


def letter_of(interaction: Any) -> Letter | None:
    return Letter.objects.filter(interaction=interaction).first()


def same_thread(user: Any, letter: Letter) -> QuerySet[Letter]:
    """Return the other e-mails of the exchange with the same customer."""
    rows = Letter.objects.filter(
        customers.reach(user, "interaction__customer__"),
        thread=letter.thread,
        interaction__customer=letter.interaction.customer_id,
        interaction__archived_at=None,
    )
    shown = rows.exclude(pk=letter.pk).select_related("interaction__user", "interaction__contact")
    return shown.order_by("interaction__occurred_at", "pk")[:MOST_IN_THREAD]


def letters_of(customer_ids: Iterable[int], contact_ids: Iterable[int]) -> QuerySet[Letter]:
    """Return the e-mails with these customers, or mainly with these contacts: to erase them."""
    theirs = Q(interaction__customer__in=customer_ids) | Q(interaction__contact__in=contact_ids)
    return Letter.objects.filter(theirs)


def letters_beside(contact_ids: Iterable[int]) -> QuerySet[Letter]:
    """Return the e-mails in which the contacts took part beside somebody else: to erase them."""
    rows = Letter.objects.filter(interaction__participants__contact__in=contact_ids)
    return Letter.objects.filter(pk__in=rows.values("pk"))
