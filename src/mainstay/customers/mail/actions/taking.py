"""One e-mail onto the timelines of the customers who took part in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.customers import actions as customers
from mainstay.customers.mail import queries, rules
from mainstay.customers.mail.models import Letter as Kept
from mainstay.customers.privacy import queries as privacy
from mainstay.customers.quality import actions as quality
from mainstay.customers.talks import actions as talks
from mainstay.engine.letters import Address, Letter
from mainstay.people import queries as people

MOST_PEOPLE = talks.MOST_PEOPLE


@dataclass(frozen=True)
class Outcome:
    """What became of an e-mail: on how many timelines it is new, or why on none."""

    taken: int = 0
    why: str = ""
    who: Address | None = None
    detail: str = ""


@dataclass
class Reading:
    """On whose order e-mails are read, by which rules; keeps who was looked for already."""

    by: Any
    now: datetime
    terms: rules.Terms
    _whose: dict[str, tuple[list[Any], list[Any]]] = field(default_factory=dict)

    def whose(self, email: str) -> tuple[list[Any], list[Any]]:
        """Return where people with this address work and worked, else the customers with it."""
        if email not in self._whose:
            contacts = queries.contacts_with(self.by, email)
            places = queries.places_of(self.by, contacts)
            found = [] if places else queries.customers_with(self.by, email)
            self._whose[email] = places, found
        return self._whose[email]


@dataclass
class With:
    """A customer in an e-mail, and which people of it."""

    customer: Any
    contacts: list[Any] = field(default_factory=list)


def take(reading: Reading, letter: Letter) -> Outcome:
    """Put the e-mail onto the timelines it belongs to, or say why it belongs to none."""
    if why := rules.why_skipped(letter, reading.terms, reading.now):
        return _left_out(reading, letter, why)
    outside = rules.outside(letter, reading.terms)
    emails = [each.email for each in outside]
    if privacy.any_erased() and privacy.erased_among("email", emails):
        return Outcome(why="erased")
    found = _whom(reading, letter, outside)
    if not found:
        return Outcome(why="unknown", who=outside[0])
    return _write_all(reading, letter, found)


def _left_out(reading: Reading, letter: Letter, why: str) -> Outcome:
    if why == "bounce":
        for each in letter.failed:
            _note_bounce(reading, each)
        return Outcome(why=why, who=letter.failed[0], detail=letter.failed[0].name)
    return Outcome(why=why, who=letter.sender)


def _note_bounce(reading: Reading, address: Address) -> None:
    """Note an address that could not be reached, if it is one of ours to write to."""
    if not any(reading.whose(address.email)):
        return
    quality.note_bounces(
        by=reading.by, now=reading.now, emails=[address.email], reason=address.name
    )


def _whom(reading: Reading, letter: Letter, outside: Iterable[Address]) -> list[With]:
    """Return the customers in the e-mail; a person at several belongs to one (rules.place_for)."""
    day = (letter.sent_at or reading.now).date()
    places = {each.email: reading.whose(each.email) for each in outside}
    others = {
        email: {place.customer_id for each, (ps, _cs) in places.items() if each != email
                for _who, place in ps}
        for email in places
    }  # fmt: skip
    found: dict[int, With] = {}
    for email, (held, owners) in places.items():
        if held:
            chosen = rules.place_for(_as_places(held), email, others[email], day)
            contact, place = next(each for each in held if each[1].customer_id == chosen)
            one = found.setdefault(chosen, With(place.customer))
            one.contacts += [contact] if contact not in one.contacts else []
        elif owners:
            found.setdefault(owners[0].pk, With(owners[0]))
    return list(found.values())


def _as_places(held: Iterable[tuple[Any, Any]]) -> list[rules.Place]:
    return [
        rules.Place(
            place.customer_id,
            frozenset(map(rules.domain_of, (place.customer.email, place.customer.website))),
            place.from_date,
            place.to_date,
            place.pk,
        )
        for _contact, place in held
    ]


def _write_all(reading: Reading, letter: Letter, found: list[With]) -> Outcome:
    known = queries.known_for([letter.key]).get(letter.key, set())
    fresh = [each for each in found if each.customer.pk not in known]
    if not fresh:
        return Outcome(why="duplicate", who=letter.sender)
    standing = [each for each in fresh if not each.customer.restricted]
    if not standing:
        return Outcome(why="restricted", detail=str(fresh[0].customer))
    active = [each for each in standing if each.customer.archived_at is None]
    if not active:
        return Outcome(why="archived", who=letter.sender, detail=str(standing[0].customer))
    try:
        with transaction.atomic():
            for each in active:
                _write(reading, letter, each)
    except ValidationError as refusal:
        return Outcome(why="refused", who=letter.sender, detail=" ".join(refusal.messages))
    return Outcome(taken=len(active))


def _write(reading: Reading, letter: Letter, one: With) -> None:
    ours = list(_ours(letter).values())
    row = customers.add_interaction(
        by=reading.by,
        now=reading.now,
        customer=one.customer,
        values={
            "channel": "email",
            "direction": "out" if _is_from_us(reading, letter) else "in",
            "subject": letter.subject or _("(no subject)"),
            "body": letter.text,
            "occurred_at": letter.sent_at,
            "contact": next(iter(one.contacts), None),
        },
        of_us=next(iter(ours), None),
    )
    talks.set_participants(row, one.contacts[: MOST_PEOPLE // 2], ours[: MOST_PEOPLE // 2])
    kept = _keep_files(reading, letter, row)
    known = queries.threads_of(letter.answers)
    Kept.objects.create(
        interaction=row,
        key=letter.key,
        taken_for=one.customer.pk,
        message_id=letter.message_id,
        thread=rules.thread_of(letter, known),
        offset=letter.offset,
        timed_by=letter.timed_by,
        people=_people(letter),
        quoted=letter.quoted,
        files=kept,
        cut=letter.cut,
        created_at=reading.now,
    )


def _is_from_us(reading: Reading, letter: Letter) -> bool:
    return letter.sender is not None and reading.terms.is_ours(letter.sender.email)


def _ours(letter: Letter) -> dict[str, Any]:
    """Return who of us took part, in the order of the e-mail: who wrote first."""
    emails = [each.email for each in rules.people_of(letter)]
    known = people.by_email(emails)
    return {email: known[email] for email in emails if email in known}


def _people(letter: Letter) -> list[dict[str, str]]:
    roles = (("from", filter(None, [letter.sender])), ("to", letter.to), ("cc", letter.cc))
    return [
        {"role": role, "name": each.name, "email": each.email}
        for role, several in roles
        for each in several
    ]


def _keep_files(reading: Reading, letter: Letter, row: Any) -> list[dict[str, Any]]:
    """Keep the files that may come in; return what there was, with why one was left out."""
    found = []
    for file in letter.files:
        why = file.why
        if not why:
            upload = ContentFile(file.content, name=file.name)
            try:
                talks.attach(by=reading.by, now=reading.now, interaction=row, uploads=[upload])
            except ValidationError:
                why = "kind"
        found.append({"name": file.name, "type": file.type, "size": file.size, "why": why})
    return found
