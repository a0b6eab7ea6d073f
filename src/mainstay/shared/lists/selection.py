"""Which rows a state means, found so that no page reads a large table.

Two ways lead to fifty sorted rows: sort the hits, good when they are few; or read along the sorted
index and keep what fits, good when hits are many. A planner must guess which; we look: the first
2,001 hits are fetched by the indexes of the conditions. All there: these are sorted. More: at
2,000 of a million every five hundredth row fits, and the walk is short.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from mainstay.shared import access
from mainstay.shared.lists import filters
from mainstay.shared.lists.definition import ListDefinition
from mainstay.shared.lists.publications import Rows
from mainstay.shared.lists.state import State, read

FEW = 2000
COUNTED = 1000


@dataclass(frozen=True)
class Selection:
    """The rows to page through, their number as far as counted, and the filter forms."""

    rows: "QuerySet[Any]"
    counted: int
    more: bool
    narrowed: bool
    forms: list[Any]
    exact: "QuerySet[Any]"


class NotValid(Exception):
    """A filter's answer does not fit; the form carries the sentence."""

    def __init__(self, forms: list[Any]) -> None:
        super().__init__("filter")
        self.forms = forms


def select(state: State, user: Any) -> Selection:
    """Return the rows of the state that the user may see."""
    base = state.definition.base(user)
    own = _own_form(state, base)
    theirs = [
        (rows, form) for rows in state.published if (form := _their_form(state, rows, base, user))
    ]
    forms = [form for form in (own, *(form for _rows, form in theirs)) if form is not None]
    if not all(form.is_valid() for form in forms):
        raise NotValid(forms)
    lookups = [(rows, found) for rows, form in theirs if (found := filters.lookups(form))]
    narrowed = bool(state.term or lookups or (own and filters.answered(own)))
    exact = _exact(state, base, own, lookups)
    if not narrowed and state.definition.reach(user):
        counted = len(base.order_by().values_list("pk")[: COUNTED + 1])
        return Selection(
            _joined(state, base), min(counted, COUNTED), counted > COUNTED, False, forms, exact
        )
    ids = list(exact.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(ids) <= FEW:
        rows = _joined(state, base.model._default_manager.filter(among(base.db, ids)))
        return Selection(rows, len(ids), False, narrowed, forms, exact)
    rows = _walk(state, (state.definition.walk_base or state.definition.base)(user), own, lookups)
    return Selection(rows, FEW, True, narrowed, forms, exact)


def numbers(definition: ListDefinition, user: Any, query: str) -> list[int]:
    """Return the numbers of all rows that a list's address means to the user."""
    selection = select(read(definition, QueryDict(query), user), user)
    return list(selection.exact.order_by("pk").values_list("pk", flat=True))


def among(using: str, ids: list[int]) -> Q:
    """Return the condition "is one of these numbers", as one parameter however many they are."""
    if connections[using].vendor == "sqlite":
        return Q(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)]))
    return Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [ids]))


_Lookups = list[tuple[Rows, Any]]


def _exact(state: State, base: "QuerySet[Any]", own: Any, lookups: _Lookups) -> "QuerySet[Any]":
    """Return the hits in the form that the conditions' own indexes serve."""
    found = own.filter_queryset(base) if own else base
    for rows, wanted in lookups:
        found = rows.narrowed(found, wanted, FEW)
    return state.definition.search(found, state.term) if state.term else found


def _walk(state: State, base: "QuerySet[Any]", own: Any, lookups: _Lookups) -> "QuerySet[Any]":
    """Return the hits in the form that is read along the sorted index."""
    found = _joined(state, filters.walked(own, base) if own else base)
    for rows, wanted in lookups:
        if rows is state.sort.rows:
            found = found.filter(**{rows.path(name): value for name, value in wanted.items()})
        else:
            found = found.filter(rows.exists(base, wanted))
    return state.definition.walk_search(found, state.term) if state.term else found


def _joined(state: State, found: "QuerySet[Any]") -> "QuerySet[Any]":
    return state.sort.rows.joined(found) if state.sort.rows else found


def _own_form(state: State, base: "QuerySet[Any]") -> Any:
    made = state.definition.filterset
    return made(_answers(state.data), queryset=base) if made else None


def _their_form(state: State, rows: Rows, base: "QuerySet[Any]", user: Any) -> Any:
    made = rows.publication.filterset
    if made is None:
        return None
    relation = base.model._meta.get_field(rows.publication.related_name)
    form = made(_answers(state.data), queryset=relation.related_model._default_manager.none())
    for name, permission in rows.publication.guarded_filters.items():
        if not access.can(user, permission):
            del form.filters[name]
    return form


def _answers(data: QueryDict) -> QueryDict:
    """Return the answers; NUL, which no database takes, becomes a space."""
    clean = QueryDict(mutable=True)
    for name, values in data.lists():
        clean.setlist(name, [str(value).replace("\0", " ") for value in values])
    return clean
