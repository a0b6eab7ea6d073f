"""Erasing a person everywhere, once: rows in one transaction, then files, mirror and index."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from mainstay.customers.models import Contact, ContactReference, Customer, ExternalReference
from mainstay.customers.privacy import queries, register
from mainstay.customers.privacy.choices import CaseState, Trait
from mainstay.customers.privacy.models import Case, Suppression
from mainstay.records.actions import record
from mainstay.shared import erased_space, personal_data
from mainstay.shared.personal_data import Erasing, Subject, Way

Report = Callable[[str], None]


def erase(*, case: Case, now: datetime, report: Report = lambda text: None) -> None:
    """Carry the erasure out; started again after a failure, it goes on where it was.

    The words that stand for the person are read before the rows go. A job that died between the
    rows and the files finds them nowhere any more, so they are kept with the case until the end.
    """
    if case.state != CaseState.RUNNING:
        return
    if not case.outcome:
        _erase_rows(case, now)
    words = tuple(case.outcome.get("words", ()))
    erasing = _erasing(case, words, now)
    report("files")
    places = personal_data.empty_places(erasing)
    for known in case.outcome.get("register", ()):
        register.add(register.Entry(**known, erased_at=now.isoformat()))
    _finish(case, places, now)
    erased_space.wipe()


@transaction.atomic
def _erase_rows(case: Case, now: datetime) -> None:
    asked = queries.subject_of(case)
    kept = _for_the_register(case, asked)
    subject = personal_data.widened(asked)
    words = personal_data.identifying_words(subject)
    _suppress(case, subject)
    touched = personal_data.erase_rows(_erasing(case, words, now, subject))
    numbers = {"customers": sorted(subject.customers), "contacts": sorted(subject.contacts)}
    case.refresh_from_db()
    case.outcome = {
        "words": list(words),
        "touched": touched,
        "numbers": numbers,
        "register": kept,
    }
    case.save()


def _for_the_register(case: Case, asked: Subject) -> list[dict[str, Any]]:
    """Return what the register keeps of the person, read while the row is there."""
    people = [
        *Customer.objects.filter(pk__in=asked.customers),
        *Contact.objects.filter(pk__in=asked.contacts),
    ]
    received = case.received_on.isoformat()
    return [
        {
            "kind": str(person._meta.model_name),
            "number": person.pk,
            "row": register.hash_of(person),
            "received_on": received,
        }
        for person in people
    ]


def _erasing(
    case: Case, words: tuple[str, ...], now: datetime, subject: Subject | None = None
) -> Erasing:
    if subject is None:
        numbers = case.outcome["numbers"]
        subject = Subject(frozenset(numbers["customers"]), frozenset(numbers["contacts"]))
    return Erasing(subject=subject, words=words, by=None, now=now)


@transaction.atomic
def _finish(case: Case, places: dict[str, int], now: datetime) -> None:
    touched = case.outcome["touched"]
    words = tuple(case.outcome["words"])
    case.outcome = {
        "erased": _deleted(touched),
        "kept": _kept(touched),
        "places": places,
        "mentions": mentions(words),
    }
    case.state, case.done_at = CaseState.DONE, now
    case.save()
    record(by=None, verb="privacy_case.finished", target=case, now=now)


def _deleted(touched: dict[str, int]) -> dict[str, int]:
    return {
        str(entry.label): touched[entry.model.lower()]
        for entry in personal_data.entries()
        if entry.model.lower() in touched and entry.erasure.way is Way.DELETE
    }


def _kept(touched: dict[str, int]) -> list[dict[str, Any]]:
    """Return what stays of the person's rows, and why."""
    return [
        {
            "label": str(entry.label),
            "because": str(entry.erasure.because),
            "count": touched[entry.model.lower()],
        }
        for entry in personal_data.entries()
        if entry.model.lower() in touched and entry.erasure.way is not Way.DELETE
    ]


def mentions(words: tuple[str, ...]) -> dict[str, int]:
    """Return how many rows about others still name the person, by what they are: for a human."""
    found = {}
    for entry in personal_data.entries():
        columns = [name for name in entry.texts if "__" not in name]
        if not columns or entry.by_words_only:
            continue
        rows = personal_data.holding(personal_data.model_of(entry), columns, words)
        if count := rows.count():
            found[str(entry.label)] = count
    return found


def _suppress(case: Case, subject: Subject) -> None:
    """Keep the hashes of what the person was known by, so that no import brings them back."""
    known = [(Trait.REFERENCE, each) for each in _references(subject)]
    for model, ids in ((Customer, subject.customers), (Contact, subject.contacts)):
        rows = model._default_manager.filter(pk__in=ids)
        known += [(Trait.EMAIL, each) for each in rows.values_list("email", flat=True)]
        known += [(Trait.PHONE, each) for each in rows.values_list("phone", flat=True)]
    numbers = Customer.objects.filter(pk__in=subject.customers)
    known += [(Trait.TAX, each) for each in numbers.values_list("tax_number", flat=True)]
    hashes = [
        Suppression(case=case, trait=trait, digest=queries.digest(trait, value))
        for trait, value in known
        if value
    ]
    Suppression.objects.bulk_create(hashes, ignore_conflicts=True)


def _references(subject: Subject) -> list[str]:
    rows = ExternalReference.objects.filter(customer__in=subject.customers)
    people = ContactReference.objects.filter(contact__in=subject.contacts)
    return [
        *(queries.reference(*names) for names in rows.values_list("source__name", "external_id")),
        *(
            queries.reference(queries.contacts_of(source), name)
            for source, name in people.values_list("source__name", "external_id")
        ),
    ]
