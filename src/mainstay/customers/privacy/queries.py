"""Reads of consents, cases and of who must not come back; each starts from what the user sees."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from mainstay.customers import queries as customers
from mainstay.customers.models import Affiliation, Contact
from mainstay.people.permissions import can
from mainstay.shared.jobs import queries as jobs
from mainstay.shared.personal_data import Subject

from . import rules
from .choices import OPEN_STATES, CaseState, ConsentChannel, Trait
from .models import Case, ChoiceLink, ConsentEvent, Package, Purpose, Suppression, Wording

LINK = "mainstay.privacy.choices"
ERASED = "mainstay.privacy.erased"
MOST_STEPS = 500
AT_ONCE = 500
LONGEST_OWN_NUMBER = 9


# -- purposes


def purposes() -> QuerySet[Purpose]:
    return Purpose.objects.filter(archived_at=None).order_by("is_service", "name")


def every_purpose() -> QuerySet[Purpose]:
    return Purpose.objects.order_by("archived_at", "is_service", "name")


def agreed_to() -> QuerySet[Purpose]:
    """Return the purposes that people can agree to: all but service."""
    return purposes().filter(is_service=False)


def wording(purpose: Purpose, language: str, text: str) -> Wording | None:
    """Return the latest version with exactly these words."""
    rows = Wording.objects.filter(purpose=purpose, language=language, text=text)
    return rows.order_by("-number").first()


def wordings(purpose: Purpose) -> QuerySet[Wording]:
    return Wording.objects.filter(purpose=purpose).order_by("language", "-number")


def wordings_of(purposes: QuerySet[Purpose]) -> QuerySet[Wording]:
    rows = Wording.objects.filter(purpose__in=purposes).select_related("purpose")
    return rows.order_by("purpose__name", "language", "-number")


def latest_wordings(language: str) -> dict[int, Wording]:
    """Return the newest wording of each purpose in the language, or in English."""
    rows = Wording.objects.filter(language__in=(language, "en")).order_by("number")
    ordered = sorted(rows, key=lambda row: (row.language == language, row.number))
    return {row.purpose_id: row for row in ordered}


# -- consents


def of(person: Any) -> dict[str, Any]:
    """Return the columns that name a customer or a contact."""
    return {person._meta.model_name: person}


def steps(person: Any) -> list[ConsentEvent]:
    """Return the person's ledger, latest first."""
    rows = ConsentEvent.objects.filter(**of(person)).select_related("purpose", "wording")
    return list(rows.order_by("-at", "-pk")[:MOST_STEPS])


def standings(person: Any, *, today: date) -> dict[tuple[int, str], str]:
    """Return what holds today, by purpose and channel."""
    ledger: dict[tuple[int, str], list[rules.Noted]] = {}
    double: dict[int, bool] = {}
    for row in steps(person):
        noted = rules.Noted(row.step, row.at.date(), row.valid_until)
        ledger.setdefault((row.purpose_id, row.channel), []).append(noted)
        double[row.purpose_id] = row.purpose.double_opt_in
    return {
        key: rules.standing(noted, today=today, double_opt_in=double[key[0]])
        for key, noted in ledger.items()
    }


def may_use(person: Any, purpose: Purpose, channel: str, *, today: date) -> bool:
    """Tell whether the purpose may reach the person by the channel today.

    Policy: marketing needs a consent that holds, for the channel or for any; a withdrawal for
    either stops it. Whose processing is restricted gets service mail only.
    """
    if purpose.is_service:
        return True
    if getattr(person, "restricted", False):
        return False
    known = standings(person, today=today)
    found = {known.get((purpose.pk, each)) for each in (channel, ConsentChannel.ANY)}
    if "withdrawn" in found:
        return False
    return "given" in found or (purpose.basis == "interest" and found == {None})


# -- links


def token_of(link: ChoiceLink) -> str:
    """Return the token of a link; no copy of the database alone can tell it."""
    return salted_hmac(LINK, link.salt, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_link(person: Any) -> ChoiceLink | None:
    return ChoiceLink.objects.filter(**of(person), revoked_at=None).order_by("-pk").first()


def link_for(token: str) -> ChoiceLink | None:
    """Return the working link of the token."""
    found = ChoiceLink.objects.filter(token_hash=hash_of(token), revoked_at=None)
    link = found.select_related("contact", "customer").first()
    return link if link and constant_time_compare(token_of(link), token) else None


# -- people and cases


def person(user: Any, kind: str, pk: int) -> Any:
    """Return the customer or contact if the user may see it, else None."""
    rows: QuerySet[Any] = (
        customers.visible_to(user) if kind == "customer" else customers.contacts_visible_to(user)
    )
    return rows.filter(pk=pk).first()


def cases_visible_to(user: Any) -> QuerySet[Case]:
    """Return the cases: they are about anybody, so they are for who answers for them only."""
    return Case.objects.all() if can(user, "privacy.admin") else Case.objects.none()


def cases_listed(user: Any, *, done: bool) -> QuerySet[Case]:
    rows = cases_visible_to(user)
    if done:
        return rows.exclude(state__in=OPEN_STATES).order_by("-done_at", "-pk")
    return rows.filter(state__in=OPEN_STATES).order_by("due_on", "pk")


def late(user: Any, *, today: date) -> int:
    return cases_visible_to(user).filter(state__in=OPEN_STATES, due_on__lt=today).count()


def case(pk: int) -> Case | None:
    return Case.objects.filter(pk=pk).first()


def cases_about(user: Any, person: Any) -> QuerySet[Case]:
    names = {f"{name}_id": row.pk for name, row in of(person).items()}
    return cases_visible_to(user).filter(**names).order_by("-pk")


def subject_of(case: Case) -> Subject:
    customers_asked = {case.customer_id} - {None}
    contacts_asked = {case.contact_id} - {None}
    return Subject(frozenset(map(int, customers_asked)), frozenset(map(int, contacts_asked)))  # type: ignore[arg-type]


def contacts_only_at(customer_ids: Collection[int]) -> frozenset[int]:
    """Return the contacts who belong to these customers and to no others."""
    there = Affiliation.objects.filter(customer__in=customer_ids).values("contact")
    elsewhere = Affiliation.objects.exclude(customer__in=customer_ids).values("contact")
    found = Contact.objects.filter(pk__in=there).exclude(pk__in=elsewhere)
    return frozenset(found.values_list("pk", flat=True))


def suppressions_of(case: Case) -> int:
    return Suppression.objects.filter(case=case).count()


def package_of(case: Case, *, now: datetime) -> Package | None:
    return Package.objects.filter(case=case, kept_until__gt=now).first()


def has_stopped(case: Case) -> bool:
    """Tell whether the job that carries the case out is no more."""
    job = jobs.find(case.job_id) if case.job_id else None
    return case.state == CaseState.RUNNING and (job is None or not job.is_open)


# -- who must not come back


def digest(trait: str, value: str) -> str:
    """Return the keyed hash of what a person is known by."""
    plain = " ".join(value.split()).casefold()
    if trait == Trait.PHONE:  # with or without its country code and spaces
        plain = "".join(filter(str.isdigit, value))[-LONGEST_OWN_NUMBER:]
    return salted_hmac(ERASED, f"{trait}:{plain}", algorithm="sha256").hexdigest()


def reference(source: str, external_id: str) -> str:
    """Return a source's name for somebody, as it is hashed."""
    return f"{source}\n{external_id}"


def contacts_of(source: str) -> str:
    """Return the name under which a source's names for contacts are hashed."""
    return f"{source}\ncontact"


def any_erased() -> bool:
    return Suppression.objects.exists()


def erased_among(trait: str, values: Iterable[str]) -> set[str]:
    """Return those of the values by which an erased person was known."""
    wanted = {digest(trait, value): value for value in values if value}
    known: set[str] = set()
    for start in range(0, len(wanted), AT_ONCE):
        some = list(wanted)[start : start + AT_ONCE]
        rows = Suppression.objects.filter(trait=trait, digest__in=some)
        known.update(rows.values_list("digest", flat=True))
    return {wanted[each] for each in known}
