"""What can be imported. Each capability publishes its kinds here from its AppConfig.ready()."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import datetime
from pathlib import Path
from typing import Any

from django_stubs_ext import StrOrPromise

from mainstay.engine.staging.bench import Bench
from mainstay.engine.staging.fields import Field

# Lines in one transaction: an import up to this size is written whole or not at all.
LINES_AT_ONCE = 200_000
# Lines in one transaction of a larger one: other writers wait for it, about a second.
LINES_IN_A_PIECE = 200_000
# Customers or products in one transaction: each stands in many more indexes than a line.
ROWS_IN_A_PIECE = 25_000


@dataclass(frozen=True, kw_only=True)
class Column:
    """A field as the user sees it; `words` are headings that mean it, in any language, lower
    case."""

    field: Field
    label: StrOrPromise
    help: StrOrPromise = ""
    words: tuple[str, ...] = ()
    # Reason and advice where the column says more about a problem than others do.
    problems: Mapping[str, tuple[str, str]] = default(default_factory=dict)
    # Whether the user sees what stands there but may not change it.
    look_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Context:
    """All an import must know of its surroundings; `mapped` names the fields that the file
    fills."""

    source_id: int
    source: str
    folder: Path
    currency: str
    digits: int
    zone: str
    mapped: frozenset[str]
    now: datetime
    by: Any = None


@dataclass(frozen=True, kw_only=True)
class Shaped:
    """What shaping found: rows left out and rows kept but worth knowing, by reason, and the
    totals."""

    left_out: Mapping[str, int] = default(default_factory=dict)
    notes: Mapping[str, int] = default(default_factory=dict)
    totals: Mapping[str, int] = default(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A part of the work that is written in one go: rows `low` to `high` of `part`."""

    part: str
    low: int
    high: int


Counts = dict[str, dict[str, int]]


class Work(ABC):
    """One import of one kind: shape the rows, then compare or write them step by step."""

    def __init__(self, bench: Bench, context: Context) -> None:
        self.bench, self.context = bench, context

    @abstractmethod
    def shape(self) -> Shaped:
        """Bring the typed rows into the form of the database, in Parquet files of the bench."""

    @abstractmethod
    def reopen(self) -> None:
        """Show the files that `shape` wrote, in a new process."""

    @abstractmethod
    def steps(self) -> list[Step]:
        """Divide the work; the same files give the same steps."""

    @abstractmethod
    def take(self, step: Step, *, write: bool) -> Counts:
        """Compare the step with the database and count; with `write`, write the difference in the
        caller's transaction."""

    def guards_references(self, step: Step) -> bool:
        """Tell whether `take` itself makes sure that all the step refers to is there; then the
        database need not look again for every row."""
        return False

    def prepare(self, step: Step) -> None:  # noqa: B027  most kinds have nothing to prepare
        """Do what of the step needs no transaction."""

    def forget(self) -> None:  # noqa: B027  most kinds remember nothing
        """Drop what was looked up: the transaction that saw it was taken back."""

    def finish(self) -> None:  # noqa: B027  most kinds end with their last step
        """Do what follows from the import outside the database, after the last step; may run
        twice."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Something that can be imported."""

    key: str
    label: StrOrPromise
    text: StrOrPromise
    icon: str
    permission: str
    columns: tuple[Column, ...]
    work: type[Work]
    # What the reasons for leaving rows out, and the notes on kept ones, say to the user.
    reasons: Mapping[str, StrOrPromise] = default(default_factory=dict)
    # Where the imported things are looked at: the name of a list's address.
    url_name: str = ""
    order: int = 0
    # Sentences about fields that are missing from a mapping.
    missing: Callable[[frozenset[str]], list[StrOrPromise]] = lambda mapped: []
    # Fields that become required by which fields are mapped.
    required: Callable[[frozenset[str]], frozenset[str]] = lambda mapped: frozenset()
    # Which fields of records a column fills, as (model, field): the allow-list decides on them.
    fills: Mapping[str, tuple[tuple[str, str], ...]] = default(default_factory=dict)
    # Columns that change while the program runs, as a user may see them.
    more: Callable[[Any], Iterable[Column]] = lambda user: ()

    @property
    def fields(self) -> dict[str, Field]:
        return {column.field.name: column.field for column in self.columns}


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def named(key: str) -> Kind | None:
    return _kinds.get(key)


def known(key: str) -> Kind:
    """Return the kind of an import that exists."""
    return _kinds[key]


def every() -> list[Kind]:
    return list(_kinds.values())


def add(counts: Counts, more: Counts) -> Counts:
    """Add the counts of a step to those before."""
    for part, numbers in more.items():
        mine = counts.setdefault(part, {})
        for name, number in numbers.items():
            mine[name] = mine.get(name, 0) + number
    return counts
