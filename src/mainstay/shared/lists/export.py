"""The list as a file: CSV streamed row by row, or a workbook; spreadsheet formulas are escaped."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from mainstay.shared import sheets
from mainstay.shared.lists import keyset
from mainstay.shared.lists.columns import exported
from mainstay.shared.lists.listing import currency_of, paths, value_of, values
from mainstay.shared.lists.selection import Selection
from mainstay.shared.lists.state import State

CHUNK = 1000
WORKBOOK_ROWS = 100_000


class TooLarge(Exception):
    """More rows than a workbook takes; the text is the sentence for the user."""


def export(state: State, selection: Selection, kind: str) -> HttpResponseBase:
    """Return the rows of the selection, all of them, with the columns shown."""
    heads = [str(shown.column.label) for shown in state.columns]
    rows = _rows(state, _leaving(state, selection))
    name = f"{state.definition.key}.{kind}"
    if kind == "xlsx":
        if (
            selection.more
            and selection.exact.order_by()[WORKBOOK_ROWS : WORKBOOK_ROWS + 1].exists()
        ):
            raise TooLarge(
                _("A workbook takes 100,000 rows and this list has more; export it as CSV.")
            )
        return FileResponse(sheets.workbook(heads, rows), as_attachment=True, filename=name)
    text = sheets.csv_lines(heads, rows)
    response = StreamingHttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def withheld(state: State, selection: Selection) -> str:
    """Say how many rows of the selection do not leave; nothing for none."""
    kept_back = state.definition.withheld
    if kept_back is None:
        return ""
    n = selection.exact.filter(kept_back).order_by().values("pk").distinct().count()
    return state.definition.withheld_told(n) if n else ""


def _leaving(state: State, selection: Selection) -> Selection:
    kept_back = state.definition.withheld
    if kept_back is None:
        return selection
    unsearched = selection.unsearched
    return replace(
        selection,
        rows=selection.rows.exclude(kept_back),
        exact=selection.exact.exclude(kept_back),
        unsearched=unsearched if unsearched is None else unsearched.exclude(kept_back),
    )


def _rows(state: State, selection: Selection) -> Iterator[list[Any]]:
    """Yield the values of every row, read a thousand at a time along the list's order."""
    house, cursor, first = currency_of(state), None, True
    while first or cursor is not None:
        beside = keyset.Beside(selection.unsearched)
        page = keyset.fetch(selection.rows, state.ordering, cursor, paths(state), CHUNK, beside)
        loaded = values(state, page.rows, selection.rows)
        for row in page.rows:
            yield [
                exported(
                    shown.column,
                    value_of(shown, row, loaded),
                    row.get(shown.column.currency_path) or house,
                )
                for shown in state.columns
            ]
        cursor, first = page.after, False
