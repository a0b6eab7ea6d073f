"""What a higher capability adds to a lower one's list: columns, sorts and filters of its own rows.

The higher publishes in its `apps.ready()`; the list never asks upwards. Sorts stay index-driven:
the list joins the publisher's rows by an inner join with the publisher's conditions, so an index
that begins with them and goes on with the sorted column is walked, fifty rows at a time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from mainstay.shared import access
from mainstay.shared.conditions import Condition, held
from mainstay.shared.lists.columns import Column


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Rows of another model, at most one for each row of the list.

    `related_name` leads from the list's model to them, `link` back; `conditions()` picks the
    current ones ({"run": 7}), or is None when there is nothing to show yet. Paths of the columns
    and `field_name`s of the filters start at the publisher's model. A user needs `permission` for
    the whole, a column's own for the column, `guarded_filters[name]` for a filter.
    """

    key: str
    related_name: str
    link: str
    conditions: Callable[[], Mapping[str, Any] | None]
    columns: tuple[Column, ...]
    filterset: type[Any] | None = None
    permission: str = ""
    guarded_filters: Mapping[str, str] = field(default_factory=dict)
    # Who sees the whole, beside `permission`: for what is not decided by a capability.
    seen_by: Callable[[Any], bool] | None = None

    @property
    def alias(self) -> str:
        return f"{self.key}_now"


class Rows:
    """A publication with its conditions as they stand for this request."""

    def __init__(self, publication: Publication, conditions: Mapping[str, Any]) -> None:
        self.publication, self._conditions = publication, dict(conditions)

    def joined(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return the list's rows with the publisher's row beside each, under the alias."""
        name = self.publication.related_name
        on = Q(**{f"{name}__{key}": value for key, value in self._conditions.items()})
        joined: QuerySet[Any] = queryset.annotate(
            **{self.publication.alias: FilteredRelation(name, condition=on)}
        )
        return joined

    def path(self, path: str) -> str:
        return f"{self.publication.alias}__{path}"

    def condition(self, queryset: "QuerySet[Any]", lookups: Mapping[str, Any]) -> Condition:
        """Return the condition that the publisher's row fits."""
        return held(self._rows(queryset, lookups), self.publication.link)

    def load(
        self, queryset: "QuerySet[Any]", ids: list[int], columns: list[Column]
    ) -> dict[str, dict[int, Any]]:
        """Return the values of the columns for the rows on the page: {column: {row: value}}."""
        link = f"{self.publication.link}_id"
        rows = self._rows(queryset, {f"{self.publication.link}__in": ids})
        found = list(rows.values(link, *{column.path for column in columns}))
        return {c.key: {row[link]: row[c.path] for row in found} for c in columns}

    def _rows(self, queryset: "QuerySet[Any]", lookups: Mapping[str, Any]) -> "QuerySet[Any]":
        relation = queryset.model._meta.get_field(self.publication.related_name)
        manager = relation.related_model._default_manager
        rows: QuerySet[Any] = manager.using(queryset.db).filter(**self._conditions, **lookups)
        return rows.order_by()


def _is_for(user: Any, publication: Publication) -> bool:
    if publication.permission and not access.can(user, publication.permission):
        return False
    return publication.seen_by is None or publication.seen_by(user)


def standing(publications: tuple[Publication, ...], user: Any) -> list[Rows]:
    """Return the publications that have something to show this user now."""
    mine = [each for each in publications if _is_for(user, each)]
    # Publications of one run share their conditions, which are asked once.
    current = {ask: ask() for ask in dict.fromkeys(each.conditions for each in mine)}
    found = ((each, current[each.conditions]) for each in mine)
    return [Rows(each, conditions) for each, conditions in found if conditions is not None]
