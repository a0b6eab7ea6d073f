"""The filter form: django-filter declares it; here its answers become conditions."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import make_aware

from mainstay.shared.forms import DayInput

# Up to so many hits are held as numbers; more are asked row by row.
FEW = 2000


class DayFilter(django_filters.DateFilter):
    """A day against a column of moments, as a range that the column's index serves.

    `last=True` keeps what lies up to the end of the day, else what lies from its beginning.
    """

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=DayInput, **kwargs)
        self.last = last

    def filter(self, queryset: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        if value is None:
            return queryset
        way = "lt" if self.last else "gte"
        day = value + timedelta(days=1) if self.last else value
        return queryset.filter(**{f"{self.field_name}__{way}": midnight(day)})


def midnight(day: date) -> datetime:
    """Return the moment at which the day begins for the reader."""
    return make_aware(datetime.combine(day, time.min))


class RelatedFilter(django_filters.ModelChoiceFilter):
    """A choice that other rows hold, like a tag: `relation()` gives them.

    `link` leads from there back to the list's row, `target` to the choice. A join would give rows
    twice, and SQLite would start from the wrong side; so hits are a set of numbers when they are
    few, and a question asked row by row when they are many.
    """

    def __init__(self, *args: Any, relation: Any, link: str, target: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation, self.link, self.target = relation, link, target

    def filter(self, queryset: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        if value is None:
            return queryset
        ids = list(self._holders(value).values_list(self.link, flat=True)[: FEW + 1])
        return queryset.filter(pk__in=ids) if len(ids) <= FEW else self.walk(queryset, value)

    def walk(self, queryset: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        if value is None:
            return queryset
        return queryset.filter(Exists(self._holders(value).filter(**{self.link: OuterRef("pk")})))

    def _holders(self, value: Any) -> "QuerySet[Any]":
        holders: QuerySet[Any] = self.relation().filter(**{self.target: value})
        return holders


def walked(filterset: Any, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the filtered rows in the form that is read along the list's order."""
    for name, value in filterset.form.cleaned_data.items():
        each = filterset.filters[name]
        queryset = getattr(each, "walk", each.filter)(queryset, value)
    return queryset


def answered(filterset: Any) -> dict[str, Any]:
    """Return the filters that were answered, by name."""
    if not filterset.form.is_valid():
        return {}
    return {
        name: value
        for name, value in filterset.form.cleaned_data.items()
        if value not in (None, "", []) and value != slice(None, None)
    }


def lookups(filterset: Any) -> Mapping[str, Any]:
    """Return the answers as lookups: {"abc_class": "A", "clv_minor__gte": 100}."""
    found: dict[str, Any] = {}
    for name, value in answered(filterset).items():
        each = filterset.filters[name]
        if isinstance(value, slice):
            ends = {"gte": value.start, "lte": value.stop}
            found |= {f"{each.field_name}__{k}": v for k, v in ends.items() if v is not None}
        elif isinstance(value, list | tuple):
            found[f"{each.field_name}__in"] = value
        else:
            found[f"{each.field_name}__{each.lookup_expr}"] = value
    return found
