"""Read the file of orders: layout, columns, lines, and all that has to be said about them."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mainstay.engine import files
from mainstay.engine.embedded import Embedded
from mainstay.engine.order_lines import Loaded, OrderFile, look
from mainstay.project.analyse import roles

NO_DAY = date(1970, 1, 1)  # for a file without any order: there is nothing to date


@dataclass(frozen=True)
class Reading:
    """The order lines, and how they came about."""

    name: str
    layout: files.Layout
    columns: Mapping[str, str]
    loaded: Loaded
    as_of: date

    @property
    def lines(self) -> Any:
        """Return the lines as a table of the engine."""
        return self.loaded.lines

    def described(self) -> dict[str, Any]:
        """Return what the summary says of the source."""
        return {
            "file": self.name,
            "format": str(self.layout.format),
            "encoding": self.layout.encoding if self.layout.format is files.Format.TEXT else None,
            "columns": dict(self.columns),
            "lines": self.loaded.rows,
            "cancellations": self.loaded.cancellations,
            "unread": dict(self.loaded.unread),
            "doubtful": [role for role, style in self.loaded.styles.items() if style.doubtful],
            "styles": {role: asdict(style) for role, style in self.loaded.styles.items()},
            "as_of_given": self.loaded.last_day != self.as_of,
        }


def read(engine: Embedded, given: argparse.Namespace, *, decimals: int, folder: Path) -> Reading:
    """Return the lines of the file the user named."""
    found = look(given.file)
    layout = found.layout
    columns = roles.guess(layout.columns, found.rows, named=layout.header)
    columns = columns | roles.chosen(given.column, layout.columns)
    columns = roles.complete(columns, layout.columns)
    source = OrderFile(engine, given.file, layout, folder)
    loaded = source.lines(columns, minor=decimals, zone=given.zone)
    as_of = given.as_of or loaded.last_day or NO_DAY
    return Reading(given.file.name, layout, columns, loaded, as_of)
