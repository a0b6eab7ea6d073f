"""The register of erasures: a file beside the database, so that no restored backup forgets them.

A line holds a number, days and keyed hashes, nothing by which anybody could be told. The hash is
that of the row itself: a number that was given again after the restoring is somebody else.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

NAME = "erasures.jsonl"
KINDS = ("customer", "contact")
ROW = "mainstay.customers.privacy.register"


@dataclass(frozen=True)
class Entry:
    """An erasure that was carried out: of a customer or contact, by number and hash of the row."""

    kind: str
    number: int
    row: str
    received_on: str
    erased_at: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS or not isinstance(self.number, int):
            raise ValueError(self.kind)

    def is_of(self, person: Any) -> bool:
        return constant_time_compare(self.row, hash_of(person))


class Unreadable(Exception):
    """The file is no register; the text says where."""


def path() -> Path:
    return Path(settings.DATA_DIR) / NAME


def hash_of(person: Any) -> str:
    """Return the keyed hash by which exactly this row is known again."""
    made = person.created_at.timestamp()
    said = f"{person._meta.model_name}:{person.pk}:{made:.6f}"
    return salted_hmac(ROW, said, algorithm="sha256").hexdigest()


def add(entry: Entry) -> None:
    """Write the entry and wait until the disk has it."""
    descriptor = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(entry)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(file: Path) -> list[Entry]:
    """Return what the register holds, each erasure once; raise for a line that cannot be read."""
    return list({entry.row: entry for entry in _lines(file)}.values())


def _lines(file: Path) -> Iterator[Entry]:
    for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield Entry(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise Unreadable(str(place)) from error
