"""The relationship map: where each person stands and which lines join them, as plain numbers."""

from dataclasses import dataclass
from typing import Any

from mainstay.analysis.accounts.buying_centre import places

from .models import WIDEST

CARD = (190, 84)
STEP = (220, 150)
EDGE = 24
LONGEST = 19  # letters on a card


@dataclass(frozen=True)
class Card:
    """One person on the map."""

    pk: int
    x: int
    y: int
    name: str
    position: str
    roles: str
    support: int | None
    influence: int | None
    contact: str
    is_gone: bool
    label: str

    @property
    def side(self) -> str:
        """Return the name of the colour that tells the support."""
        return (
            "" if self.support is None else f"{'m' if self.support < 0 else 'p'}{abs(self.support)}"
        )

    @property
    def sign(self) -> str:
        mark = "" if not self.support else "−" if self.support < 0 else "+"
        return "" if self.support is None else f"{mark}{abs(self.support)}"

    @property
    def bars(self) -> list[tuple[int, bool]]:
        """Return where the five bars of influence stand, and which are full."""
        if self.influence is None:
            return []
        return [(CARD[0] - 42 + 7 * n, n < self.influence) for n in range(5)]


@dataclass(frozen=True)
class Line:
    kind: str  # reporting or influence
    source: int
    target: int
    path: str


@dataclass(frozen=True)
class Map:
    cards: list[Card]
    lines: list[Line]
    width: int
    height: int


def standing(members: list[Any]) -> dict[int, tuple[int, int]]:
    """Return the corner of each card: as it was moved, else by the lines of reporting."""
    tree = places({row.pk: row.reports_to_id for row in members})
    return {
        row.pk: (
            (row.x, row.y) if row.x is not None and row.y is not None else _corner(*tree[row.pk])
        )
        for row in members
    }


def _corner(column: float, row: int) -> tuple[int, int]:
    x, y = EDGE + round(column * STEP[0]), EDGE + row * STEP[1]
    return min(x, WIDEST), min(y, WIDEST)


def reporting(below: tuple[int, int], above: tuple[int, int]) -> str:
    """Return the way from the top of who reports to the bottom of whom they report to."""
    x1, y1 = below[0] + CARD[0] // 2, below[1]
    x2, y2 = above[0] + CARD[0] // 2, above[1] + CARD[1]
    middle = (y1 + y2) // 2
    return f"M{x1} {y1}V{middle}H{x2}V{y2}"


def influence(source: tuple[int, int], target: tuple[int, int]) -> str:
    """Return a bow from the side of one card to the side of another."""
    right = target[0] >= source[0]
    x1 = source[0] + (CARD[0] if right else 0)
    x2 = target[0] + (0 if right else CARD[0])
    y1, y2 = source[1] + CARD[1] // 2, target[1] + CARD[1] // 2
    bend = 60 if right else -60
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"


def short(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def size(corners: list[tuple[int, int]]) -> tuple[int, int]:
    wide = max((x for x, _y in corners), default=0) + CARD[0] + EDGE
    high = max((y for _x, y in corners), default=0) + CARD[1] + EDGE
    return wide, high
