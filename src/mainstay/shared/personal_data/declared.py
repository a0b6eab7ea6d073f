"""What can be said of a model or a place in the register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Subject:
    """Whom it is about: customers and contacts by their numbers."""

    customers: frozenset[int] = frozenset()
    contacts: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.customers or self.contacts)

    def __or__(self, other: "Subject") -> "Subject":
        return Subject(self.customers | other.customers, self.contacts | other.contacts)


@dataclass(frozen=True)
class Erasing:
    """One erasure: whom, by which words rows without a reference are found, on whose order."""

    subject: Subject
    words: tuple[str, ...]
    by: Any
    now: datetime


class Way(StrEnum):
    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"


@dataclass(frozen=True)
class Erasure:
    """What becomes of a row; whatever stays, stays for a reason that the person is told."""

    way: Way
    because: StrOrPromise = ""
    values: Mapping[str, Any] = field(default_factory=dict)


DELETE = Erasure(Way.DELETE)


def blank(because: StrOrPromise, **values: Any) -> Erasure:
    """Return that the row stays without the person: these fields take these values."""
    return Erasure(Way.BLANK, because, values)


def keep(because: StrOrPromise) -> Erasure:
    """Return that the row stays as it is."""
    return Erasure(Way.KEEP, because)


@dataclass(frozen=True)
class Personal:
    """A model that tells something of a customer or a contact.

    `customer` and `contact` are the ways from a row to them ("customer", "order__customer"; "pk"
    for themselves). Rows that no such way reaches are found by the words that stand for the
    person, in the columns `words_in`: they are copies, so they are erased but not exported.
    """

    model: str
    label: StrOrPromise
    customer: str | tuple[str, ...] = ()
    contact: str | tuple[str, ...] = ()
    words_in: tuple[str, ...] = ()
    # Which texts stand for the person wherever they are written: names, e-mails, numbers.
    words: tuple[str, ...] = ()
    # Texts that are exported, and what stands behind a foreign key ("category__name").
    texts: tuple[str, ...] = ()
    # Fields that are not exported, each with the reason.
    held_back: Mapping[str, StrOrPromise] = field(default_factory=dict)
    labels: Mapping[str, StrOrPromise] = field(default_factory=dict)
    erasure: Erasure = DELETE
    # For rows that are a customer's and only name the contact; none: as above.
    erasure_of_contact: Erasure | None = None
    # Does what `erasure` says where a statement over the rows is not enough; returns how many.
    erase: Callable[[Erasing], int] | None = None

    @property
    def by_words_only(self) -> bool:
        return bool(self.words_in) and not any(self.ways)

    @property
    def ways(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ways to customers and those to contacts."""
        return _several(self.customer), _several(self.contact)


@dataclass(frozen=True)
class Impersonal:
    """A model that tells nothing of customers or contacts, and why that is so."""

    model: str
    because: str


@dataclass(frozen=True)
class Place:
    """Where data of a person lies outside the rows of models: files, mirrors, indexes, caches."""

    key: str
    label: StrOrPromise
    # What becomes of it, in words for the page that shows the register.
    becomes: StrOrPromise
    # After the rows are gone and the transaction is over; may be called again. Returns how many.
    empty: Callable[[Erasing], int] | None = None


def _several(ways: str | tuple[str, ...]) -> tuple[str, ...]:
    return (ways,) if isinstance(ways, str) else ways
