"""Which rows a state means, found so that no page reads a large table.

Two ways lead to fifty sorted rows: gather the hits and sort them, good when they are few; or read
along the sorted index and keep what fits, good when hits are many. A planner must guess which; we
look. Conditions over other rows (words, tags, values) each name the rows that fit, up to 5,000: the
smallest set leads, the others are asked of each of its rows. Where no set is that small, hits are
met every two hundred rows or sooner, and the walk is short.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from mainstay.shared import access
from mainstay.shared.conditions import Condition, among, gathered
from mainstay.shared.lists import filters
from mainstay.shared.lists.definition import ListDefinition
from mainstay.shared.lists.publications import Rows
from mainstay.shared.lists.state import State, read
from mainstay.shared.search import GATHERED_MOST

FEW = 2000
COUNTED = 1000
# Of conditions that many rows fit, so many of the first one's are looked at, step by step.
LOOKED_AT = (4000, 30_000)


@dataclass(frozen=True)
class Selection:
    """The rows to page through, their number as far as counted, and the filter forms.

    `unsearched` are the rows without the question for the words: those that begin so fit anyway.
    """

    rows: "QuerySet[Any]"
    counted: int
    more: bool
    narrowed: bool
    forms: list[Any]
    exact: "QuerySet[Any]"
    unsearched: "QuerySet[Any] | None" = None


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
    lookups = [(rows, wanted) for rows, form in theirs if (wanted := filters.lookups(form))]
    question = Question(state, user, base, own, lookups)
    narrowed = bool(question.conditions or (own and filters.answered(own)))
    if question.conditions:
        rows, counted, more, exact = _led(question)
    elif narrowed or not state.definition.reach(user):
        rows, counted, more, exact = _looked(question, question.plain(base))
    else:
        rows, counted, more, exact = _everything(question)
    unsearched = question.walk(searched=False) if more and state.ordering.first else None
    return Selection(rows, counted, more, narrowed, forms, exact, unsearched)


def numbers(definition: ListDefinition, user: Any, query: str) -> list[int]:
    """Return the numbers of all rows that a list's address means to the user."""
    selection = select(read(definition, QueryDict(query), user), user)
    return list(selection.exact.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Question:
    """What the address asks: of the rows' own columns, and conditions that lead over others."""

    state: State
    user: Any
    base: "QuerySet[Any]"
    own: Any
    lookups: list[tuple[Rows, Any]]

    def plain(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        return filters.narrowed(self.own, rows) if self.own else rows

    def joined(self, found: "QuerySet[Any]") -> "QuerySet[Any]":
        return self.state.sort.rows.joined(found) if self.state.sort.rows else found

    @cached_property
    def own_conditions(self) -> list[Condition]:
        found = filters.related(self.own) if self.own else []
        if self.state.term:
            found.append(self.state.definition.search(self.base, self.state.term))
        return found

    @property
    def conditions(self) -> list[Condition]:
        theirs = [rows.condition(self.base, wanted) for rows, wanted in self.lookups]
        return [*self.own_conditions, *theirs]

    def walk(self, *, searched: bool = True) -> "QuerySet[Any]":
        """Return the hits in the form that is read along the sorted index."""
        definition = self.state.definition
        found = self.joined(self.plain((definition.walk_base or definition.base)(self.user)))
        for rows, wanted in self.lookups:
            if rows is self.state.sort.rows:
                found = found.filter(**{rows.path(name): value for name, value in wanted.items()})
            else:
                found = found.filter(rows.condition(found, wanted).asked)
        own = self.own_conditions if searched or not self.state.term else self.own_conditions[:-1]
        return found.filter(*(each.asked for each in own))


_Found = tuple["QuerySet[Any]", int, bool, "QuerySet[Any]"]


def _led(question: Question) -> _Found:
    """Start from the condition that the fewest rows fit."""
    plain, conditions = question.plain(question.base), question.conditions
    sets = [(ids, each) for each in conditions if (ids := each.ids(GATHERED_MOST)) is not None]
    if sets:
        ids, leader = min(sets, key=lambda pair: len(pair[0]))
        asked = [each.asked for each in conditions if each is not leader]
        hits = plain.filter(among(plain.db, ids), *asked)
        return _looked(question, hits, gathered(question.joined(hits)))
    leader, *others = conditions
    asked = [each.asked for each in others]
    hits = plain.filter(*asked, pk__in=leader.some(None))
    for most in LOOKED_AT:
        if len(_first(plain.filter(*asked, pk__in=leader.some(most)))) > FEW:
            return question.walk(), FEW, True, hits
    return _looked(question, hits)


def _looked(
    question: Question, hits: "QuerySet[Any]", many: "QuerySet[Any] | None" = None
) -> _Found:
    """Return the few hits themselves; else `many`, or a walk along the sorted index."""
    ids = _first(hits)
    if len(ids) > FEW:
        return question.walk() if many is None else many, FEW, True, hits
    rows = hits.model._default_manager.filter(among(hits.db, ids))
    return question.joined(rows), len(ids), False, hits


def _first(hits: "QuerySet[Any]") -> list[int]:
    return list(hits.order_by().values_list("pk", flat=True)[: FEW + 1])


def _everything(question: Question) -> _Found:
    """Return all rows, which are walked; they are counted no further than people need."""
    base = question.base
    counted = len(base.order_by().values_list("pk")[: COUNTED + 1])
    return question.joined(base), min(counted, COUNTED), counted > COUNTED, base


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
