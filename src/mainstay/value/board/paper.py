"""The overview on paper: what it tells as plain data."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from mainstay.analysis import drawing
from mainstay.shared import paper
from mainstay.shared.templatetags.figures import day, moment
from mainstay.value.presenters.charts import Chart
from mainstay.value.presenters.explained import Tile
from mainstay.value.presenters.overview import cannot

from .block import Block
from .chapters import chapters
from .overview import key_figures
from .queries import Facts

TEMPLATE = Path(__file__).with_name("pack.typ")
WIDE, HALF = (640, 250), (460, 260)  # of a picture alone, and beside a table
BESIDE = 5  # columns of a table that fit beside a picture; the template knows it too
STYLE = (
    'text{font-family:"Noto Sans","Noto Sans SC";font-size:11.5px}'
    ".axis text{fill:#5b6578}.axis .name{fill:#14213d}"
    ".axis line{stroke:#e3e7ee}.axis .base{stroke:#9aa3b2}"
    ".cell{font-weight:700}.touch{fill:none}"
)


def told(facts: Facts, *, company: str, now: datetime) -> dict[str, Any]:
    """Return everything the pack says, in the language of the moment."""
    run = facts.run
    about = [
        _("As of %(day)s · run %(number)s") % {"day": day(run.as_of), "number": run.pk},
        _("Made on %(moment)s") % {"moment": moment(now)},
    ]
    return {
        **paper.language(),
        "company": company,
        "kind": _("Board pack"),
        "title": _("What our customers are worth"),
        "as_of": day(run.as_of),
        "about": about,
        "figures": [_figure(tile) for tile in key_figures(facts)],
        "chapters": [
            {"title": chapter.title, "blocks": [_block(block) for block in chapter.blocks]}
            for chapter in chapters(facts)
        ],
        "cannot": [list(pair) for pair in cannot(run)],
        "words": {"cannot": _("What could not be computed")},
    }


def pdf(pack: dict[str, Any]) -> bytes:
    return paper.pdf(TEMPLATE, pack=pack)


def _figure(tile: Tile) -> dict[str, Any]:
    return {
        "label": tile.label,
        "value": tile.value,
        "hint": tile.hint,
        "facts": _facts(tile.explain or {}),
    }


def _block(block: Block) -> dict[str, Any]:
    table, chart = block.table, block.chart
    beside = table is not None and len(table.columns) <= BESIDE
    return {
        "title": block.title,
        "lead": block.lead,
        "text": block.text,
        "ask": block.ask.text if block.ask else "",
        "svg": _picture(chart, HALF if beside else WIDE) if chart else "",
        "alt": chart.title if chart else "",
        "columns": [str(name) for name in table.columns] if table else [],
        "rows": [[row.name, *row.figures] for row in table.rows] if table else [],
        "facts": _facts(block.explain),
    }


def _picture(chart: Chart, size: tuple[int, int]) -> str:
    marks = (get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR"))
    return drawing.draw(chart.spec, title=chart.title, size=size, style=STYLE, separators=marks)


def _facts(explain: dict[str, str]) -> list[list[str]]:
    """Return method, basis, interval and day of a figure, each with its name."""
    names = {
        "method": _("Method"),
        "inputs": _("Inputs"),
        "n": _("Based on"),
        "interval": _("Interval"),
        "as_of": _("As of"),
        "note": _("Read it with care"),
    }
    return [[name, explain[key]] for key, name in names.items() if explain.get(key)]
