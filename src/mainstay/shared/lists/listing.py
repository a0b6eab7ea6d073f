"""What the list's template shows, worked out from state and selection."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.shared.lists import filters, keyset
from mainstay.shared.lists.columns import cell
from mainstay.shared.lists.selection import NotValid, Selection, select
from mainstay.shared.lists.state import Shown, State
from mainstay.shared.templatetags import figures


@dataclass(frozen=True)
class Heading:
    key: str
    label: str
    right: bool
    sort_query: str
    sorted: str


@dataclass(frozen=True)
class Row:
    pk: int
    url: str
    name: str
    cells: list[tuple[bool, SafeString]]


@dataclass(frozen=True)
class Chip:
    label: str
    query: str


@dataclass(frozen=True)
class Listing:
    """Everything the template needs, for the whole page and for its changing part."""

    state: State
    selection: Selection | None
    forms: list[Any]
    headings: list[Heading]
    rows: list[Row]
    chips: list[Chip]
    count: str
    previous_query: str
    next_query: str
    total: str

    @property
    def problems(self) -> list[str]:
        """Return what is wrong with the filter's answers, a sentence each."""
        return self.state.refused + [
            f"{form.form.fields[name].label}: {' '.join(map(str, errors))}"
            for form in self.forms
            for name, errors in form.form.errors.items()
        ]

    @property
    def query(self) -> str:
        return self.state.query()

    @property
    def untouched(self) -> bool:
        """Nothing was asked and nothing is there: the list is still empty."""
        return not self.rows and not self.chips and not self.state.cursor and not self.state.term


def listing(state: State, user: Any) -> Listing:
    """Return the page of the list that the state describes."""
    try:
        selection = select(state, user)
    except NotValid as wrong:
        return _listing(state, None, wrong.forms, keyset.Page([], None, None))
    beside = keyset.Beside(selection.unsearched, selection.along)
    page = keyset.fetch(selection.rows, state.ordering, state.cursor, paths(state), beside=beside)
    return _listing(state, selection, selection.forms, page)


def _listing(
    state: State, selection: Selection | None, forms: list[Any], page: keyset.Page
) -> Listing:
    return Listing(
        state=state,
        selection=selection,
        forms=forms,
        headings=[_heading(state, shown) for shown in state.columns],
        rows=_rows(state, page.rows, selection),
        chips=_chips(state, forms),
        count=_count(selection, page),
        previous_query=state.query(before=page.before.encoded()) if page.before else "",
        next_query=state.query(after=page.after.encoded()) if page.after else "",
        total=_total(selection),
    )


def values(
    state: State, rows: list[dict[str, Any]], queryset: Any
) -> dict[str, Mapping[int, Any] | None]:
    """Return the columns' values that do not stand in the row itself: {column: {row: value}}."""
    ids = [row["pk"] for row in rows]
    found: dict[str, Mapping[int, Any] | None] = {}
    for published in state.published:
        columns = [s.column for s in state.columns if s.rows is published and not s.column.load]
        if columns and ids:
            found |= published.load(queryset, ids, columns)
    for shown in state.columns:
        if shown.column.load is not None and ids:
            found[shown.column.key] = shown.column.load(ids)
    return found


def value_of(shown: Shown, row: dict[str, Any], loaded: Mapping[str, Any]) -> Any:
    if shown.column.key in loaded:
        return loaded[shown.column.key].get(row["pk"])
    return row.get(shown.column.path) if shown.rows is None else None


def _rows(state: State, rows: list[dict[str, Any]], selection: Selection | None) -> list[Row]:
    if selection is None or not rows:
        return []
    loaded = values(state, rows, selection.rows)
    first, *others = state.columns
    house = currency_of(state)
    # Addresses differ in the number alone: resolving each took longer than writing its cells.
    before, after = state.definition.row_url(0).rsplit("0", 1)
    return [
        Row(
            pk=row["pk"],
            url=f"{before}{row['pk']}{after}",
            name=str(value_of(first, row, loaded)),
            cells=[
                (
                    shown.column.right,
                    cell(
                        shown.column,
                        value_of(shown, row, loaded),
                        row.get(shown.column.currency_path) or house,
                    ),
                )
                for shown in others
            ],
        )
        for row in rows
    ]


def currency_of(state: State) -> str:
    """Return the company's currency when a shown column needs it."""
    needed = (s.column for s in state.columns if s.column.kind == "money")
    return state.definition.currency() if any(not c.currency_path for c in needed) else ""


def paths(state: State) -> list[str]:
    return sorted({path for shown in state.columns for path in _paths(shown)})


def _paths(shown: Shown) -> list[str]:
    if shown.rows is not None or shown.column.load is not None:
        return []
    return [path for path in (shown.column.path, shown.column.currency_path) if path]


def _heading(state: State, shown: Shown) -> Heading:
    column = shown.column
    here = column.key == state.sort.column.key
    down = not state.descending if here else column.largest_first
    way = ("descending" if state.descending else "ascending") if here else ""
    wished = f"{'-' if down else ''}{column.key}"
    query = state.query(sort=wished) if column.sort else ""
    return Heading(column.key, str(column.label), column.right, query, way)


def _chips(state: State, forms: list[Any]) -> list[Chip]:
    found = []
    for form in forms:
        for name, value in filters.answered(form).items():
            field = form.form.fields[name]
            label = f"{field.label}: {_answer(field, value)}"
            found.append(Chip(label, state.without(name)))
    return found


def _answer(field: Any, value: Any) -> str:
    if hasattr(field, "written"):
        return str(field.written(value))
    if isinstance(value, list | tuple):
        return ", ".join(_answer(field, each) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return figures.number(value, 2 if isinstance(value, float) else 0)
    choices = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
    return str(choices.get(value, value))


def _count(selection: Selection | None, page: keyset.Page) -> str:
    """Return how many rows there are, counted no further than people need."""
    if selection is None:
        return ""
    if selection.more:
        return _("more than %(number)s") % {"number": figures.number(selection.counted)}
    text = ngettext("%(number)s entry", "%(number)s entries", selection.counted)
    return text % {"number": figures.number(selection.counted)}


def _total(selection: Selection | None) -> str:
    if selection is None:
        return ""
    return f"{figures.number(selection.counted)}{'+' if selection.more else ''}"
