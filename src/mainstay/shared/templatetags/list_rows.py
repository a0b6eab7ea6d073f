"""The rows of a list, written in one go: the template engine takes longer than all queries."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def list_rows(rows: Iterable[Any], ticks: Any) -> SafeString:
    """Return the table rows, with a box to tick in front when there is something to do."""
    label = _("Tick %(name)s")
    return SafeString("\n".join(_row(row, label if ticks else "") for row in rows))


def _row(row: Any, label: str) -> str:
    name = escape(row.name)
    cells = "".join(
        f'<td class="num">{cell}</td>' if right else f"<td>{cell}</td>" for right, cell in row.cells
    )
    link = f'<a href="{escape(row.url)}" data-open title="{name}">{name}</a>'
    tick = _tick(row, label) if label else ""
    return f'<tr data-row>{tick}<th scope="row">{link}</th>{cells}</tr>'


def _tick(row: Any, label: str) -> str:
    words = escape(label % {"name": row.name})
    return (
        '<td class="tick"><input class="form-check-input" type="checkbox" name="row"'
        f' value="{row.pk}" data-check aria-label="{words}"></td>'
    )
