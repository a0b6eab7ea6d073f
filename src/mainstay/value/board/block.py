"""What the overview and the board pack are made of: chapters of blocks."""

from dataclasses import dataclass, field
from typing import Any

from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.overview import Row


@dataclass(frozen=True)
class Table:
    """Columns, the first of which names the row, and rows."""

    columns: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Ask:
    """What to do so that a block has something to say."""

    text: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Block:
    """One figure of the whole: what it says in a sentence, drawn, told in a table, explained.

    `lead` is the finding, `text` how to read what is shown.
    `shape` names a template for what only a screen can show.
    """

    key: str
    title: str
    lead: str = ""
    text: str = ""
    chart: Chart | None = None
    table: Table | None = None
    explain: dict[str, str] = field(default_factory=dict)
    url: str = ""
    ask: Ask | None = None
    shape: str = ""
    data: Any = None


@dataclass(frozen=True)
class Chapter:
    """Blocks that answer one question."""

    title: str
    blocks: list[Block]
