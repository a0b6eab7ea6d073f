"""Draw the people known at the organisations, some of whom have changed their employer."""

from dataclasses import dataclass, field

import numpy as np

from mainstay.project.demo.companies import Company, Random, pick
from mainstay.project.demo.words import POSITIONS, Vocabulary

MOVED_SHARE = 0.05
# Most organisations have the three contacts that safe business asks for, some have fewer.
COUNT_CHANCES = {1: 0.12, 2: 0.18, 3: 0.45, 4: 0.20, 5: 0.05}
LONGEST_STAY_DAYS = 3000


@dataclass
class Place:
    """A contact's time at a company, in days before today; `until=None` lasts."""

    company: int
    position: str
    since: int
    until: int | None = None


@dataclass
class Contact:
    name: str
    email: str
    phone: str
    language: str
    places: list[Place] = field(default_factory=list)


def draw(random: Random, companies: list[Company]) -> list[Contact]:
    """Draw the contacts of every company that is recorded once."""
    contacts: list[Contact] = []
    counts = random.choice(list(COUNT_CHANCES), len(companies), p=list(COUNT_CHANCES.values()))
    for position, (company, count) in enumerate(zip(companies, counts, strict=True)):
        if company.same_as is None:
            wanted = int(count) + (2 if company.is_key else 0)
            contacts += _colleagues(random, company, position, wanted)
    _move_some(random, contacts, companies)
    return contacts


def _colleagues(random: Random, company: Company, position: int, count: int) -> list[Contact]:
    offices = random.permutation(len(POSITIONS))
    return [
        _contact(random, company, Place(position, POSITIONS[int(office)], since=_days(random)))
        for office in offices[:count]
    ]


def _contact(random: Random, company: Company, place: Place) -> Contact:
    name, spelling = person(random, company.words)
    return Contact(
        name=name,
        email=f"{spelling}.{int(random.integers(10, 99))}@{company.domain}",
        phone=company.phone if random.random() < 0.3 else "",  # noqa: PLR2004  a share, as all here
        language=company.words.language,
        places=[place],
    )


def person(random: Random, words: Vocabulary) -> tuple[str, str]:
    """Return a person's name and the surname's spelling for addresses."""
    given, gender = pick(random, words.people)
    his, hers, spelling = pick(random, words.surnames)
    surname = his if gender == "m" else hers
    return words.name_pattern.format(given=given, surname=surname), spelling


def _days(random: Random) -> int:
    return int(random.integers(200, LONGEST_STAY_DAYS))


def _move_some(random: Random, contacts: list[Contact], companies: list[Company]) -> None:
    """Some people left their company and are now met at another one of the same language."""
    homes: dict[str, list[int]] = {}
    for position, company in enumerate(companies):
        if company.same_as is None:
            homes.setdefault(company.words.language, []).append(position)
    for moved in np.flatnonzero(random.random(len(contacts)) < MOVED_SHARE):
        contact = contacts[int(moved)]
        first = contact.places[0]
        target = pick(random, homes[contact.language])
        if target == first.company:
            continue
        first.until = int(random.integers(30, first.since))
        contact.email = contact.email.split("@")[0] + f"@{companies[target].domain}"
        contact.places.append(Place(target, pick(random, POSITIONS), since=first.until - 14))
