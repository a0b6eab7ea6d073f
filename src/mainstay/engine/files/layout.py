"""What a file is and how its rows are to be read: plain values that travel as JSON."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """The kinds of file that can be read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read the rows. `delimiter` " " means any run of blanks; `sheet` is for workbooks."""

    format: Format
    encoding: str = "utf-8"
    delimiter: str = ","
    header: bool = True
    columns: tuple[str, ...] = ()
    sheet: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a message or a saved mapping."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Layout":
        """Return the layout that `as_json` wrote."""
        return cls(
            **{
                **values,
                "format": Format(values["format"]),
                "columns": tuple(values.get("columns", ())),
            }
        )


@dataclass(frozen=True, slots=True)
class Inspection:
    """The layout found, the first rows as text, and the sheets of a workbook."""

    layout: Layout
    rows: list[list[str]] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
