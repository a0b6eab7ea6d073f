"""Draw the organisations that buy: names, places, groups, owners, and a few known twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from mainstay.project.demo.tax_numbers import tax_number
from mainstay.project.demo.words import INDUSTRIES, SHARES, Vocabulary

Random = np.random.Generator
T = TypeVar("T")
KEY_ACCOUNTS = 30
TWICE_SHARE = 0.02
GROUP_SHARE = 0.04
# Legal forms are what clerks leave out when they type a customer in for the second time.
LEGAL_FORMS = (
    " Sp. z o.o.",
    " S.A.",
    " sp.j.",
    " Ltd",
    " plc",
    "有限公司",
    "股份有限公司",
    "ООО ",
    "АО ",
)
PLAIN_QUOTES = str.maketrans({"„": '"', "”": '"', "«": '"', "»": '"'})
DIAL_CODES = {
    "PL": "+48 22 5",
    "GB": "+44 20 7946 0",
    "IE": "+353 1 55",
    "NL": "+31 20 79",
    "DE": "+49 30 23",
    "DK": "+45 32 1",
    "SE": "+46 8 465 0",
    "KZ": "+7 727 25",
    "RU": "+7 843 20",
    "LV": "+371 67 0",
    "CN": "+86 21 555",
    "SG": "+65 6555 ",
}


@dataclass
class Company:
    """One organisation; `same_as` is the position of the one it is known as already."""

    name: str
    words: Vocabulary
    city: str
    country: str
    street: str
    postcode: str
    domain: str
    phone: str
    tax_number: str
    industry: str
    founded_year: int
    is_key: bool = False
    same_as: int | None = None
    parent: int | None = None
    tags: list[str] = field(default_factory=list)

    @property
    def email(self) -> str:
        return f"office@{self.domain}"


def draw(random: Random, count: int) -> list[Company]:
    """Draw `count` organisations: the key ones first, those known twice last."""
    twice = round(count * TWICE_SHARE)
    seen: set[str] = set()
    companies = [_company(random, seen) for _ in range(count - twice)]
    for company in companies[: key_accounts(count)]:
        company.is_key = True
    _form_groups(random, companies)
    for company in companies:
        company.tags = _tags(random, company)
    originals = random.integers(key_accounts(count), max(len(companies), 1), twice)
    companies += [_second_record(random, companies, int(original)) for original in originals]
    return companies


def key_accounts(count: int) -> int:
    """Return how many of `count` organisations are key accounts."""
    return min(KEY_ACCOUNTS, count // 10)


def pick(random: Random, options: Sequence[T]) -> T:
    return options[int(random.integers(len(options)))]


def _company(random: Random, seen: set[str]) -> Company:
    words = list(SHARES)[int(random.choice(len(SHARES), p=list(SHARES.values())))]
    root, spelling = pick(random, words.roots)
    city, country, digits = pick(random, words.cities)
    surname, _, surname_spelling = pick(random, words.surnames)
    pattern = pick(random, words.patterns)
    name = pattern.format(kind=pick(random, words.kinds), root=root, surname=surname, city=city)
    if "{root}" not in pattern:
        spelling = surname_spelling
    name = _told_apart(name, city, seen)
    number = len(seen)
    return Company(
        name=name,
        words=words,
        city=city,
        country=country,
        street=words.street_pattern.format(
            street=pick(random, words.streets), number=int(random.integers(1, 190))
        ),
        postcode=_postcode(random, country, digits),
        domain=f"{spelling}-{number}.example",
        phone=_phone(random, country),
        tax_number=tax_number(country, int(random.integers(10**9, 10**10))),
        industry=pick(random, INDUSTRIES),
        founded_year=int(random.triangular(1946, 2012, 2023)),
    )


def _told_apart(name: str, city: str, seen: set[str]) -> str:
    """Return the name, with its city or a number when another company has it already."""
    options = [name, f"{name}, {city}"]
    number = 2
    while options[0] in seen:
        options = options[1:] or [f"{name}, {city} {number}"]
        number += 1
    seen.add(options[0])
    return options[0]


def _postcode(random: Random, country: str, digits: str) -> str:
    tail = f"{int(random.integers(0, 1000)):03d}"
    match country:
        case "PL":
            return f"{digits}-{tail}"
        case "GB" | "IE":
            return f"{digits}{tail[0]} {tail[1]}AB"
        case "DK" | "LV":
            return f"{digits}{tail[:2]}"
        case "NL":
            return f"{digits}{tail[:2]} {'ABCDEFGHKL'[int(tail[2])]}K"
        case "SG":
            return f"{digits}{tail}{tail[:2]}"
        case _:
            return f"{digits}{tail}"


def _phone(random: Random, country: str) -> str:
    code = DIAL_CODES[country]
    lengths = {"PL": 6, "GB": 3, "IE": 5, "NL": 5, "DE": 6, "DK": 5, "SE": 4, "KZ": 5, "RU": 5}
    length = lengths.get(country, 5 if country in {"LV", "CN"} else 4)
    return code + f"{int(random.integers(10**length)):0{length}d}"


def _form_groups(random: Random, companies: list[Company]) -> None:
    """Some organisations belong to a key account."""
    keys = key_accounts(len(companies))
    if keys == 0:
        return
    for position in range(keys, len(companies)):
        if random.random() < GROUP_SHARE:
            companies[position].parent = int(random.integers(keys))


def _tags(random: Random, company: Company) -> list[str]:
    chances = {"Newsletter": 0.35, "Reseller": 0.12, "Trade fair": 0.08, "Pays late": 0.06}
    tags = [tag for tag, chance in chances.items() if random.random() < chance]
    if company.is_key:
        tags.append("Key account")
    if company.industry == "Public sector":
        tags.append("Tenders")
    return tags


def _second_record(random: Random, companies: list[Company], original: int) -> Company:
    """Return the record a clerk made who did not find the first one."""
    first = companies[original]
    name = first.name
    for form in LEGAL_FORMS:
        name = name.replace(form, "").strip()
    name = pick(random, (name.upper(), name.title(), name)).translate(PLAIN_QUOTES)
    keeps_phone = random.random() < 0.6  # noqa: PLR2004  a clerk asks for the number more often than not
    return Company(
        name=name,
        words=first.words,
        city=first.city,
        country=first.country,
        street=first.street,
        postcode=first.postcode,
        domain=first.domain,
        phone=first.phone if keeps_phone else "",
        tax_number="" if keeps_phone else first.tax_number.removeprefix(first.country),
        industry=first.industry,
        founded_year=first.founded_year,
        same_as=original,
    )
