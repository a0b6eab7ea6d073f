"""Which record is wanting: decisions on plain values, one function for each rule."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import phonenumbers

from mainstay.customers.rules import Refused, normalised_email

from . import numbers

BEST = 100


@dataclass(frozen=True, slots=True)
class Person:
    """A contact; `present` is whether they still work there."""

    id: int
    name: str
    email: str
    phone: str
    present: bool
    touched: date


@dataclass(frozen=True, slots=True)
class Place:
    """An address."""

    id: int
    main: bool
    city: str
    postcode: str
    country: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a customer; `touched` is when anybody last changed or heard anything."""

    id: int
    kind: str
    email: str
    phone: str
    tax_number: str
    country: str
    city: str
    industry: str
    founded_year: int | None
    has_owner: bool
    touched: date
    value_class: str = ""
    people: Sequence[Person] = ()
    places: Sequence[Place] = ()
    published: Sequence[tuple[str, str]] = ()

    @property
    def present(self) -> list[Person]:
        return [person for person in self.people if person.present]


class Flaw(NamedTuple):
    """What a rule found, at whom, and the value that shows it."""

    rule: str
    person: int | None = None
    place: int | None = None
    detail: str = ""

    @property
    def subject(self) -> str:
        return f"c{self.person}" if self.person else f"a{self.place}" if self.place else ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule is asked with: the day, its own limit, the addresses mail came back from."""

    today: date
    limit: int = 0
    bounced: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Use:
    """A rule as the company uses it."""

    key: str
    weight: int
    kind: str = ""
    classes: str = ""
    limit: int = 0


Found = Iterator[tuple[int | None, int | None, str]]
Check = Callable[[Facts, Terms], Found]
CUSTOMER = (None, None, "")


def _missing(*names: str) -> Check:
    def check(facts: Facts, terms: Terms) -> Found:
        if not any(getattr(facts, name) for name in names):
            yield CUSTOMER

    return check


def unreachable(facts: Facts, terms: Terms) -> Found:
    reached = facts.email or facts.phone
    if not reached and not any(person.email or person.phone for person in facts.present):
        yield CUSTOMER


def no_address(facts: Facts, terms: Terms) -> Found:
    if not facts.city and not any(place.city for place in facts.places):
        yield CUSTOMER


def few_contacts(facts: Facts, terms: Terms) -> Found:
    known = len(facts.present)
    if known < terms.limit:
        yield None, None, str(known)


def contact_unreachable(facts: Facts, terms: Terms) -> Found:
    for person in facts.present:
        if not person.email and not person.phone:
            yield person.id, None, person.name


def bad_email(facts: Facts, terms: Terms) -> Found:
    for person, email in _each(facts, "email"):
        if not is_email(email):
            yield person, None, email


def bounced(facts: Facts, terms: Terms) -> Found:
    for person, email in _each(facts, "email"):
        if email.lower() in terms.bounced:
            yield person, None, email


def bad_phone(facts: Facts, terms: Terms) -> Found:
    for person, phone in _each(facts, "phone"):
        if not is_phone(phone, facts.country):
            yield person, None, phone


def bad_tax_number(facts: Facts, terms: Terms) -> Found:
    if facts.tax_number and not numbers.fits(facts.tax_number, facts.country):
        yield None, None, facts.tax_number


def tax_country(facts: Facts, terms: Terms) -> Found:
    prefix = numbers.country_of(facts.tax_number)
    if prefix and facts.country and prefix != facts.country:
        yield None, None, facts.tax_number


def bad_postcode(facts: Facts, terms: Terms) -> Found:
    for place in facts.places:
        country = place.country or facts.country
        if place.postcode and not numbers.postcode_fits(place.postcode, country):
            yield None, place.id, f"{place.postcode} {country}"


def other_country(facts: Facts, terms: Terms) -> Found:
    for place in facts.places:
        if place.main and place.country and facts.country and place.country != facts.country:
            yield None, place.id, f"{place.country} ≠ {facts.country}"


def founded_later(facts: Facts, terms: Terms) -> Found:
    if facts.founded_year and facts.founded_year > terms.today.year:
        yield None, None, str(facts.founded_year)


def person_as_company(facts: Facts, terms: Terms) -> Found:
    if facts.kind == "person" and facts.founded_year:
        yield None, None, str(facts.founded_year)


def stale(facts: Facts, terms: Terms) -> Found:
    if (terms.today - facts.touched).days > terms.limit:
        yield None, None, facts.touched.isoformat()


def stale_contact(facts: Facts, terms: Terms) -> Found:
    for person in facts.present:
        if (terms.today - person.touched).days > terms.limit:
            yield person.id, None, person.touched.isoformat()


def duplicate(facts: Facts, terms: Terms) -> Found:
    for key, detail in facts.published:
        if key == "duplicate":
            yield None, None, detail


CHECKS: dict[str, Check] = {
    "unreachable": unreachable,
    "no_email": _missing("email"),
    "no_phone": _missing("phone"),
    "no_country": _missing("country"),
    "no_address": no_address,
    "no_industry": _missing("industry"),
    "no_tax_number": _missing("tax_number"),
    "no_owner": _missing("has_owner"),
    "few_contacts": few_contacts,
    "contact_unreachable": contact_unreachable,
    "bad_email": bad_email,
    "bounced": bounced,
    "bad_phone": bad_phone,
    "bad_tax_number": bad_tax_number,
    "bad_postcode": bad_postcode,
    "founded_later": founded_later,
    "tax_country": tax_country,
    "other_country": other_country,
    "person_as_company": person_as_company,
    "duplicate": duplicate,
    "stale": stale,
    "stale_contact": stale_contact,
}


def concerns(use: Use, facts: Facts) -> bool:
    """Answer whether the rule is for such a customer."""
    if use.kind and use.kind != facts.kind:
        return False
    return not use.classes or (facts.value_class in use.classes and bool(facts.value_class))


def examine(
    facts: Facts, uses: Iterable[Use], today: date, out: frozenset[str] = frozenset()
) -> list[Flaw]:
    """Return everything that the rules find wanting; `out` are addresses mail came back from."""
    return [
        Flaw(use.key, person, place, detail[:200])
        for use in uses
        if concerns(use, facts)
        for person, place, detail in CHECKS[use.key](facts, Terms(today, use.limit, out))
    ]


def score(facts: Facts, uses: Iterable[Use], wanting: Iterable[str]) -> int:
    """Return the share of the weights of rules that are met, of 100; no rule: nothing is wrong."""
    asked = {use.key: use.weight for use in uses if concerns(use, facts)}
    whole = sum(asked.values())
    lost = sum(asked.get(key, 0) for key in set(wanting))
    return round(BEST * (whole - lost) / whole) if whole else BEST


def _each(facts: Facts, name: str) -> Iterator[tuple[int | None, str]]:
    """Yield a particular of the customer and of the people who are still there."""
    if own := getattr(facts, name):
        yield None, own
    for person in facts.people:
        if person.present and (theirs := getattr(person, name)):
            yield person.id, theirs


# What nearly every address looks like; the validator, ten times slower, is asked of the rest.
_PLAIN = re.compile(
    r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!test$|local$|invalid$)"
    r"[a-z]{2,20}",
    re.I,
)
LONGEST_PLAIN = 64


def is_email(typed: str) -> bool:
    if len(typed) <= LONGEST_PLAIN and "--" not in typed and _PLAIN.fullmatch(typed):
        return True
    try:
        return bool(normalised_email(typed))
    except Refused:
        return False


@lru_cache(maxsize=4096)  # colleagues share a switchboard
def is_phone(typed: str, country: str = "") -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(typed, country or None))
    except phonenumbers.NumberParseException:
        return False
