"""What the address of a list says: words, filters, sort, columns, place."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from mainstay.shared import access
from mainstay.shared.lists import keyset
from mainstay.shared.lists.columns import Column
from mainstay.shared.lists.definition import ListDefinition
from mainstay.shared.lists.keyset import BadCursor, Cursor, Ordering
from mainstay.shared.lists.publications import Rows, standing
from mainstay.shared.text import sort_name

OWN = ("q", "sort", "columns", "after", "before")
LONGEST_SEARCH = 200
# Sorted by name, the names that begin with what is searched come first.
SORT_NAME = "sort_name"
MOST_COLUMNS = 20


@dataclass(frozen=True)
class Shown:
    """A column with the publication it belongs to; None for the list's own."""

    column: Column
    rows: Rows | None

    @property
    def sort_path(self) -> str:
        return self.rows.path(self.column.sort) if self.rows else self.column.sort


@dataclass(frozen=True)
class State:
    """One reading of the address; `notices` says what in it could not be used."""

    definition: ListDefinition
    data: QueryDict
    published: list[Rows]
    every: dict[str, Shown]
    columns: list[Shown]
    term: str
    sort: Shown
    descending: bool
    cursor: Cursor | None
    notices: list[str]
    # The filters that are asked for and kept from the user: no row is shown then.
    refused: list[str]

    @property
    def ordering(self) -> Ordering:
        rows, column = self.sort.rows, self.sort.column
        tie = rows.path(f"{rows.publication.link}_id") if rows else "pk"
        nullable = rows is not None or column.nullable
        first = sort_name(self.term) if column.sort == SORT_NAME and not self.descending else ""
        return Ordering(self.sort.sort_path, tie, self.descending, nullable, first)

    @property
    def sort_key(self) -> str:
        return f"{'-' if self.descending else ''}{self.sort.column.key}"

    def query(self, **changes: Any) -> str:
        """Return the address's query with changes, without the place and without empty answers."""
        pairs = [(k, v) for k, v in self._pairs() if k not in changes]
        pairs += [(key, value) for key, value in changes.items() if value not in (None, "")]
        return urlencode(pairs)

    def without(self, name: str) -> str:
        """Return the query without one answer."""
        return urlencode([(k, v) for k, v in self._pairs() if k != name])

    def _pairs(self) -> list[tuple[str, str]]:
        """Return the address in its shortest form: what is as usual is left out."""
        pairs = [("q", self.term)]
        pairs += [(key, v) for key, values in self.data.lists() if key not in OWN for v in values]
        if self.sort_key != self.definition.default_sort:
            pairs.append(("sort", self.sort_key))
        if self.columns != [shown for shown in self.every.values() if shown.column.shown]:
            pairs.append(("columns", ",".join(shown.column.key for shown in self.columns[1:])))
        return [(key, value) for key, value in pairs if str(value).strip()]


def read(definition: ListDefinition, data: QueryDict, user: Any) -> State:
    """Read the address; what cannot be used is said in `notices`, never silently dropped."""
    notices: list[str] = []
    published = standing(definition.publications(), user)
    every = _every(definition, published, user)
    sort, descending = _sort(definition, every, data.get("sort", ""), notices)
    return State(
        definition=definition,
        data=data,
        published=published,
        every=every,
        columns=_columns(every, data.getlist("columns"), notices),
        term=_term(data.get("q", ""), notices),
        sort=sort,
        descending=descending,
        cursor=_cursor(data, notices),
        notices=notices,
        refused=_refused(definition, data, definition.hidden(user)),
    )


def own_filters(definition: ListDefinition, hidden: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the names of the list's own filters: those offered, those kept from the user."""
    offered: list[str] = []
    kept: list[str] = []
    filters = definition.filterset.base_filters if definition.filterset else {}
    for name, each in filters.items():
        (kept if {name, each.field_name.split("__")[0]} & hidden else offered).append(name)
    return offered, kept


def _refused(definition: ListDefinition, data: QueryDict, hidden: frozenset[str]) -> list[str]:
    asked = own_filters(definition, hidden)[1] if hidden else []
    text = _("Your role does not see “%(field)s”, and cannot filter by it. Clear this filter.")
    return [
        text % {"field": definition.filterset.base_filters[name].label}  # type: ignore[union-attr]
        for name in asked
        if any(value.strip() for value in data.getlist(name))
    ]


def _every(definition: ListDefinition, published: list[Rows], user: Any) -> dict[str, Shown]:
    """Return the columns the user may see, the list's own first."""
    hidden = definition.hidden(user)
    found = [
        Shown(column, None)
        for column in definition.columns
        if not {column.key, column.path.split("__")[0]} & hidden
    ]
    found += [Shown(column, rows) for rows in published for column in rows.publication.columns]
    return {
        shown.column.key: shown
        for shown in found
        if not shown.column.permission or access.can(user, shown.column.permission)
    }


def _term(typed: str, notices: list[str]) -> str:
    term = " ".join(typed.replace("\0", " ").split())
    if len(term) > LONGEST_SEARCH:
        text = _("Only the first %(number)d characters of the search were used.")
        notices.append(text % {"number": LONGEST_SEARCH})
    return term[:LONGEST_SEARCH]


def _sort(
    definition: ListDefinition, every: dict[str, Shown], wished: str, notices: list[str]
) -> tuple[Shown, bool]:
    key = (wished or definition.default_sort).removeprefix("-")
    if key not in every or not every[key].column.sort:
        notices.append(_("This list cannot be sorted that way; it is sorted as usual."))
        wished = definition.default_sort
        key = wished.removeprefix("-")
    return every[key], (wished or definition.default_sort).startswith("-")


def _columns(every: dict[str, Shown], wished: list[str], notices: list[str]) -> list[Shown]:
    names = [name for text in wished for name in text.split(",") if name][:MOST_COLUMNS]
    unknown = [name for name in names if name not in every]
    if unknown:
        notices.append(_("A column of this view does not exist any more; it is left out."))
    first = next(iter(every))
    if chosen := [every[n] for n in dict.fromkeys(names) if n in every and n != first]:
        return [every[first], *chosen]
    return [shown for shown in every.values() if shown.column.shown]


def _cursor(data: QueryDict, notices: list[str]) -> Cursor | None:
    for name in ("after", "before"):
        if text := data.get(name):
            try:
                return keyset.decoded(text, backwards=name == "before")
            except BadCursor:
                notices.append(_("The address of this page is damaged; this is the first page."))
    return None
