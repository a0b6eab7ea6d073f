"""What is asked of each column of an import: plain values that travel as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as default
from enum import StrEnum
from typing import Any


class Type(StrEnum):
    """What the values of a column mean."""

    TEXT = "text"
    KEY = "key"
    NUMBER = "number"
    INTEGER = "integer"
    MOMENT = "moment"
    EMAIL = "email"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field to fill: its type, whether a row can do without it, and its bounds.

    `choices` maps the words a file may use, in lower case, to the value meant; with `open_choice`
    an unknown word
    leaves the field empty instead of refusing the row.
    """

    name: str
    type: Type = Type.TEXT
    required: bool = False
    max_length: int = 200
    low: float = -9e15
    high: float = 9e15
    choices: Mapping[str, str] = default(default_factory=dict)
    open_choice: bool = False
    paragraphs: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How the values of one column are written, decided over the whole column or chosen by the
    user.

    Numbers: `decimal` is "." or ",". Moments: `order` is iso, ymd, dmy, mdy, compact, names or
    serial. `doubtful` says that the values allow another reading; `example` shows one of them.
    """

    decimal: str = "."
    order: str = "iso"
    short_year: bool = False
    pandas_key: bool = False
    doubtful: bool = False
    chosen: bool = False
    example: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return plain values to be saved."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Style":
        """Return the style that `as_json` wrote."""
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Bound:
    """A field and the column of the raw table that fills it; `native` is the column's DuckDB type,
    VARCHAR for text. In a `guarded` column an apostrophe before a formula was put there for
    spreadsheets."""

    field: Field
    column: str
    native: str = "VARCHAR"
    guarded: bool = False

    @property
    def is_text(self) -> bool:
        return self.native == "VARCHAR"
