"""What a list is: declared once by the capability that owns the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django_stubs_ext import StrOrPromise

from mainstay.shared.conditions import Condition
from mainstay.shared.lists.columns import Column
from mainstay.shared.lists.publications import Publication


@dataclass(frozen=True, kw_only=True)
class EmptyState:
    icon: str
    title: StrOrPromise
    text: StrOrPromise
    url_name: str = ""
    label: StrOrPromise = ""
    permission: str = ""


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """Something done to many rows; a text is typed, or one of `choices(user)` chosen.

    With `filter` the choices are the rows of the list's filter of that name that `fits`, and
    `nobody`.

    `run(by=, now=, value=, ids=)` does it and returns a sentence; `enqueue(by=, now=, value=,
    query=)` makes a job of it for more rows than a request should touch and returns its address.
    `opens(ids)` gives the address of a page that does it, instead of both. `form(user, data)` asks
    for more on a page of its own; once it is `complete`, its `value()` is what is done.
    """

    key: str
    label: StrOrPromise
    icon: str
    field_label: StrOrPromise = ""
    run: Callable[..., str] | None = None
    choices: Callable[[Any], list[tuple[str, str]]] | None = None
    filter: str = ""
    fits: Callable[[Any], bool] = lambda row: True
    nobody: StrOrPromise = ""
    enqueue: Callable[..., str] | None = None
    opens: Callable[[list[int]], str] | None = None
    form: Callable[[Any, Any], Any] | None = None


@dataclass(frozen=True, kw_only=True)
class ListDefinition:
    """`base(user)` gives the rows a user may see; the first column is the row's link."""

    key: str
    title: StrOrPromise
    url_name: str
    columns: tuple[Column, ...]
    default_sort: str
    base: Callable[[Any], "QuerySet[Any]"]
    row_url: Callable[[int], str]
    empty: EmptyState
    reach: Callable[[Any], bool]
    search: Callable[["QuerySet[Any]", str], Condition]
    search_hint: StrOrPromise = ""
    filterset: type[Any] | None = None
    # The same rows as `base`, with the reach asked row by row: SQLite would sort all of a team's.
    walk_base: Callable[[Any], "QuerySet[Any]"] | None = None
    publications: Callable[[], tuple[Publication, ...]] = tuple
    currency: Callable[[], str] = str
    bulk: tuple[BulkAction, ...] = ()
    bulk_permission: str = ""
    export_permission: str = ""
    # The fields that are kept from this user: no column, filter or sort of theirs is offered.
    hidden: Callable[[Any], frozenset[str]] = lambda user: frozenset()
    # What the words of a search may be found in, where some of it is kept from this user.
    searched: Callable[[Any, str], Q] = lambda user, typed: Q()
    # Rows that are shown but do not leave in files, and what is said of how many they are.
    withheld: Q | None = None
    withheld_told: Callable[[int], str] = str
    extra: Mapping[str, Any] = field(default_factory=dict)
