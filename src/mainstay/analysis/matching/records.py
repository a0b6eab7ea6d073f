"""Customers as they are compared: one row of plain columns each, null where nothing is known."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import pyarrow as pa

from mainstay.analysis.matching import names, places, ways
from mainstay.analysis.matching.letters import plain, sound

# What may be told of a customer; a person's name in one piece or in two, days as text.
WRITTEN = (
    "id",
    "kind",
    "name",
    "given_name",
    "surname",
    "email",
    "phone",
    "website",
    "tax_number",
    "birth_date",
    "street",
    "house_number",
    "address_2",
    "postcode",
    "city",
    "region",
    "country",
)
PERSON = "person"
BATCH = 20_000
COLUMNS = (
    "given",
    "surname",
    "given_sound",
    "surname_sound",
    "name",
    "words",
    "form",
    "email",
    "mailbox",
    "mail_site",
    "phone",
    "tax",
    "born",
    "street",
    "house",
    "address_2",
    "postcode",
    "city",
    "site",
)
TABLE = pa.schema(
    [
        ("unique_id", pa.int64()),
        ("fresh", pa.bool_()),
        ("print", pa.string()),
        *((column, pa.string()) for column in COLUMNS),
    ]
)
Written = Mapping[str, Any]


def comparable(written: Written) -> dict[str, str]:
    """Return the columns in which a customer is compared.

    >>> found = comparable({"kind": "person", "name": "Ewa Żak", "phone": "601 002 003"})
    >>> found["given"], found["surname"], found["phone"], found["tax"]
    ('ewa', 'zak', '601002003', '')
    """

    def text(field: str) -> str:
        return str(written.get(field) or "")

    row = _named(text("kind"), text("name"), text("given_name"), text("surname"))
    address = ways.email(text("email"))
    line, house = places.street(text("street"), text("house_number"))
    row |= {
        "email": address,
        "mailbox": address.rpartition("@")[0],
        "mail_site": ways.mail_site(address),
        "phone": ways.phone(text("phone"), text("country")),
        "tax": ways.tax_number(text("tax_number")),
        "born": places.day(text("birth_date")),
        "street": line,
        "house": house,
        "address_2": places.town(text("address_2")),
        "postcode": places.postcode(text("postcode")),
        "city": places.town(text("city")),
        "site": ways.site(text("website")),
    }
    return row


def _named(kind: str, name: str, given: str, surname: str) -> dict[str, str]:
    row = dict.fromkeys(("given", "surname", "given_sound", "surname_sound"), "")
    row |= dict.fromkeys(("name", "words", "form"), "")
    if kind != PERSON:
        row["name"], row["form"] = names.organisation(name)
        row["words"] = " ".join(sorted(set(map(sound, row["name"].split()))))
        return row
    first, last = (plain(given), plain(surname)) if given or surname else names.person(name)
    row["given"], row["surname"] = first.replace(" ", ""), last.replace(" ", "")
    row["given_sound"], row["surname_sound"] = sound(row["given"]), sound(row["surname"])
    return row


def fingerprint(row: Mapping[str, str]) -> str:
    """Return 32 signs that change when anything compared changes.

    >>> fingerprint({"tax": "1"}) == fingerprint({"tax": "1", "city": ""})
    True
    """
    told = "\x1f".join(row.get(column, "") for column in COLUMNS)
    return hashlib.md5(told.encode(), usedforsecurity=False).hexdigest()


def table(customers: Iterable[Written], *, fresh: frozenset[int] | None = None) -> pa.Table:
    """Return customers as they are compared; `fresh`: those to be compared with all, None: all."""
    return pa.Table.from_batches(batches(customers, fresh=fresh), TABLE)


def batches(
    customers: Iterable[Written], *, fresh: frozenset[int] | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield customers as they are compared: many fit into memory in this form only."""
    several = iter(customers)
    while some := list(islice(several, BATCH)):
        rows = [comparable(written) for written in some]
        numbers = [int(written["id"]) for written in some]
        columns: list[list[Any]] = [
            numbers,
            [fresh is None or number in fresh for number in numbers],
            [fingerprint(row) for row in rows],
            *([row[column] or None for row in rows] for column in COLUMNS),
        ]
        arrays = [pa.array(kept, field.type) for kept, field in zip(columns, TABLE, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=TABLE)
