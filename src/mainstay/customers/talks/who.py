"""Who talks to whom: our people against a customer's contacts, counted from conversations.

Pure: plain rows in, a table out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

YEAR = timedelta(days=365)
# Nobody spoke with them for so long, though somebody did before.
SILENT_DAYS = 90


@dataclass
class Cell:
    """What passed between one of us and one of them."""

    number: int = 0
    latest: datetime | None = None
    channels: dict[str, int] = field(default_factory=dict)

    def add(self, at: datetime, channel: str, *, counts: bool) -> None:
        self.latest = at if self.latest is None else max(self.latest, at)
        if counts:
            self.number += 1
            self.channels[channel] = self.channels.get(channel, 0) + 1

    def days(self, now: datetime) -> int | None:
        return None if self.latest is None else (now - self.latest).days


@dataclass(frozen=True)
class Talk:
    """One conversation: when, how, and the numbers of all who took part."""

    at: datetime
    channel: str
    ours: frozenset[int]
    theirs: frozenset[int]


@dataclass(frozen=True)
class Table:
    """`cells` by (our number, their number); `totals` by their number, over all of us."""

    cells: Mapping[tuple[int, int], Cell]
    totals: Mapping[int, Cell]


def table(talks: Iterable[Talk], now: datetime) -> Table:
    """Count the last twelve months; the latest contact may be older."""
    cells: dict[tuple[int, int], Cell] = {}
    totals: dict[int, Cell] = {}
    for talk in talks:
        counts = talk.at > now - YEAR
        for contact in talk.theirs:
            totals.setdefault(contact, Cell()).add(talk.at, talk.channel, counts=counts)
            for user in talk.ours:
                cell = cells.setdefault((user, contact), Cell())
                cell.add(talk.at, talk.channel, counts=counts)
    return Table(cells, totals)


def silent(cell: Cell | None, now: datetime) -> bool:
    """Answer whether somebody we spoke with has not been spoken with for long."""
    days = cell.days(now) if cell is not None else None
    return days is not None and days >= SILENT_DAYS
