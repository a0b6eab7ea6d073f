"""Which rows a state means, found so that no page reads a large table.

Two ways lead to fifty sorted rows: gather the hits and sort them, good when they are few; or read
along the sorted index and keep what fits, good when hits are many. A planner must guess which; we
look. Each condition (words, tags, values, and what is asked of the row itself) names the rows that
fit, up to 5,000: the smallest set leads, the others are asked of each of its rows. Where no set is
that small, some rows are looked at: where hits are met soon, the walk is short.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from mainstay.shared import access
from mainstay.shared.conditions import GATHERED, Condition, among, fitting, gathered
from mainstay.shared.lists import filters
from mainstay.shared.lists.definition import ListDefinition
from mainstay.shared.lists.keyset import PAGE
from mainstay.shared.lists.publications import Rows
from mainstay.shared.lists.state import SORT_NAME, State, own_filters, read
from mainstay.shared.search import GATHERED_MOST

FEW = 2000
COUNTED = 1000
# Of conditions that many rows fit, so many of each one's are looked at, then of the smallest one's.
SOME = 4000
ENOUGH = 30_000
# So many rows are looked at as they are sorted; two pages of hits among them are met soon.
AHEAD, MET = 10_000, 2 * PAGE


@dataclass(frozen=True)
class Selection:
    """The rows to page through, their number as far as counted, and the filter forms.

    `unsearched` are the rows without the question for the words: those that begin so fit anyway.
    `along` are the rows of the sorted index that are walked, where hits have an index of their own
    that can be asked for a stretch of them.
    """

    rows: "QuerySet[Any]"
    counted: int
    more: bool
    narrowed: bool
    forms: list[Any]
    exact: "QuerySet[Any]"
    unsearched: "QuerySet[Any] | None" = None
    along: "QuerySet[Any] | None" = None


class NotValid(Exception):
    """A filter's answer does not fit; the form carries the sentence."""

    def __init__(self, forms: list[Any]) -> None:
        super().__init__("filter")
        self.forms = forms


def select(state: State, user: Any) -> Selection:
    """Return the rows of the state that the user may see."""
    base = _searchable(state, user, state.definition.base(user))
    own = _own_form(state, base, user)
    theirs = [
        (rows, form) for rows in state.published if (form := _their_form(state, rows, base, user))
    ]
    forms = [form for form in (own, *(form for _rows, form in theirs)) if form is not None]
    if state.refused or not all(form.is_valid() for form in forms):
        raise NotValid(forms)
    lookups = [(rows, wanted) for rows, form in theirs if (wanted := filters.lookups(form))]
    question = Question(state, user, base, own, lookups)
    narrowed = bool(question.conditions or (own and filters.answered(own)))
    if question.conditions:
        rows, counted, more, exact = _led(question)
    elif narrowed or not state.definition.reach(user):
        rows, counted, more, exact = _looked(question, question.found, min(FEW, COUNTED))
    else:
        rows, counted, more, exact = _everything(question)
    unsearched = question.walk(searched=False) if more and state.ordering.first else None
    walked = more and GATHERED not in rows.query.annotations
    along = question.along if walked else None
    return Selection(rows, counted, more, narrowed, forms, exact, unsearched, along)


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

    @cached_property
    def conditions(self) -> list[Condition]:
        theirs = [rows.condition(self.base, wanted) for rows, wanted in self.lookups]
        return [*self.own_conditions, *theirs]

    @cached_property
    def found(self) -> "QuerySet[Any]":
        """Return the rows that what is asked of their own columns leaves."""
        return self.plain(self.base)

    @property
    def limits_rows(self) -> bool:
        """Return whether the rows' own columns leave only some of them."""
        answers = bool(self.own and filters.answered(self.own).keys() - self._elsewhere)
        return answers or not self.state.definition.reach(self.user)

    @property
    def _elsewhere(self) -> set[str]:
        return {n for n, each in self.own.filters.items() if isinstance(each, filters.Related)}

    @property
    def sorted_as_found(self) -> bool:
        """Return whether the indexes of the rows' own columns go on with the list's order."""
        return self.state.ordering.path == SORT_NAME and not self.state.descending

    @property
    def along(self) -> "QuerySet[Any] | None":
        """Return the rows of the sorted index, where PostgreSQL would read each for its words."""
        if not self.state.term or not self.sorted_as_found:
            return None
        everywhere = self.state.definition.reach(self.user)
        return self.found if everywhere and self.own_conditions[-1].in_row else None

    def walk(self, *, searched: bool = True) -> "QuerySet[Any]":
        """Return the hits in the form that is read along the sorted index."""
        definition = self.state.definition
        base = (definition.walk_base or definition.base)(self.user)
        found = self.joined(self.plain(_searchable(self.state, self.user, base)))
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
    plain, conditions = question.found, question.conditions
    own = fitting(plain, Q())
    leaders = [own, *conditions] if question.limits_rows else conditions
    sets = [(ids, each) for each in leaders if (ids := each.ids(GATHERED_MOST)) is not None]
    if sets:
        ids, leader = min(sets, key=lambda pair: len(pair[0]))
        asked = [each.asked for each in conditions if each is not leader]
        return _looked(question, plain.filter(among(plain.db, ids), *asked))
    if question.limits_rows and (ahead := _ahead(question)) > PAGE:
        return question.walk(), ahead // PAGE * PAGE, True, plain.filter(*_asked(conditions))
    return _met(question, leaders)


def _ahead(question: Question) -> int:
    """Return how many hits are met first when the rows are read as they are sorted."""
    if not question.sorted_as_found:
        return 0
    ahead = question.found.order_by(SORT_NAME, "pk")
    if question.along is not None:
        ends = ahead.values_list(SORT_NAME, flat=True)[AHEAD : AHEAD + 1]
        within = [Q(**{f"{SORT_NAME}__lt": end}) for end in ends]
        rows = question.found.filter(*within, *_asked(question.conditions))
    else:
        first = Q(pk__in=ahead.values("pk")[:AHEAD])
        rows = question.base.filter(first, *_asked(question.conditions))
    return len(_first(rows, MET))


def _met(question: Question, leaders: list[Condition]) -> _Found:
    """Look at some rows of each: where hits are many, they are met soon along the sorted index."""
    if question.limits_rows and _at_most(question.found, ENOUGH):
        return _looked(question, question.found.filter(*_asked(question.conditions)))
    some = SOME if len(leaders) > 1 else FEW + FEW // 10
    counts = []
    for leader in leaders:
        counts.append(len(_first(_hits(question, leader, some))))
        if counts[-1] > FEW:
            return question.walk(), FEW, True, _hits(question, leader, None)
    leader = leaders[counts.index(max(counts))]
    hits = _hits(question, leader, None)
    if leader in question.conditions:
        enough = _first(_hits(question, leader, ENOUGH), GATHERED_MOST)
        if len(enough) > GATHERED_MOST:
            return question.walk(), FEW, True, hits
    return _looked(question, hits)


def _hits(question: Question, leader: Condition, most: int | None) -> "QuerySet[Any]":
    """Return the hits, or those among some of the leader's rows, which are read first."""
    asked = [each.asked for each in question.conditions if each is not leader]
    if leader not in question.conditions and most is None:
        return question.found.filter(*asked)
    if leader.in_row and most is not None and not asked:
        return question.found.filter(leader.asked)
    return question.found.filter(*asked, pk__in=leader.some(most))


def _at_most(rows: "QuerySet[Any]", number: int) -> bool:
    return rows.order_by()[: number + 1].count() <= number


def _asked(conditions: list[Condition]) -> list[Any]:
    return [each.asked for each in conditions]


def _looked(question: Question, hits: "QuerySet[Any]", most: int = GATHERED_MOST) -> _Found:
    """Return the few hits themselves; of more than `most`, a walk along the sorted index."""
    ids = _first(hits, most)
    if len(ids) > most:
        return question.walk(), min(most, FEW), True, hits
    rows = hits.model._default_manager.filter(among(hits.db, ids))
    more = len(ids) > FEW
    found = question.joined(gathered(rows) if more else rows)
    return found, min(len(ids), FEW), more, hits


def _first(hits: "QuerySet[Any]", most: int = FEW) -> list[int]:
    return list(hits.order_by().values_list("pk", flat=True)[: most + 1])


def _everything(question: Question) -> _Found:
    """Return all rows, which are walked; they are counted no further than people need."""
    base = question.base
    counted = len(base.order_by().values_list("pk")[: COUNTED + 1])
    return question.joined(base), min(counted, COUNTED), counted > COUNTED, base


@dataclass(frozen=True)
class Asking:
    """Who asks: a filter may offer each person other rows to choose from."""

    user: Any


def _own_form(state: State, base: "QuerySet[Any]", user: Any) -> Any:
    made = state.definition.filterset
    if made is None:
        return None
    form = made(_answers(state.data), queryset=base, request=Asking(user))
    for name in own_filters(state.definition, state.definition.hidden(user))[1]:
        del form.filters[name]
    return form


def _searchable(state: State, user: Any, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the rows in which the user may find the words at all."""
    return rows.filter(state.definition.searched(user, state.term)) if state.term else rows


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
