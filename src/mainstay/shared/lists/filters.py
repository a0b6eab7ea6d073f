"""The filter form: django-filter declares it; here its answers become conditions."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.timezone import make_aware
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from mainstay.shared.conditions import Condition, held
from mainstay.shared.forms import DayInput, LongSelect
from mainstay.shared.fts5 import LAST_SIGN
from mainstay.shared.text import sort_name


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


class _RowChoices(ModelChoiceIterator):
    """The rows to choose from, fetched once for all that offer them, not through a cursor each."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        if self.field.null_label is not None:
            yield self.field.null_value, self.field.null_label
        yield from map(self.choice, self.queryset)


class _RowField(ModelChoiceField):
    iterator = _RowChoices


class RowFilter(django_filters.ModelChoiceFilter):
    """A choice among rows of another model."""

    field_class = _RowField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=LongSelect, **kwargs)


class NamedRowsFilter(django_filters.ChoiceFilter):
    """A choice of a word, for which `rows(word)` gives what the field is looked up by."""

    def __init__(self, *, rows: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = rows

    def filter(self, queryset: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        found: QuerySet[Any] = super().filter(queryset, self.rows(value) if value else value)
        return found


class Related:
    """Mixed into a filter whose answer other rows hold, like a tag: `relation()` gives them.

    `link` leads from there back to the list's row, `target` is the lookup of the answer. Such a
    filter is a condition beside the list's own: a join would give rows twice.
    """

    def __init__(self, *args: Any, relation: Any, link: str, target: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation, self.link, self.target = relation, link, target

    def condition(self, value: Any) -> Condition:
        return held(self.relation().filter(**{self.target: value}), self.link)

    def conditions(self, value: Any) -> list[Condition]:
        """Return what must hold together: whichever the fewest rows meet is asked first."""
        return [self.condition(value)]


class RelatedFilter(Related, RowFilter):
    """A choice that other rows hold."""


class RelatedDayFilter(Related, django_filters.DateFilter):
    """Other rows from a day on."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput, **kwargs)

    def condition(self, value: Any) -> Condition:
        return super().condition(midnight(value))


class OwnLookups:
    """Mixed into a publication's filter that says itself, by `lookups`, what its answer means."""

    lookups: Callable[[Any], dict[str, Any]]


class BeginningFilter(OwnLookups, django_filters.CharFilter):
    """The beginning of a text, however it is spelled: a range that the sorted column serves."""

    def lookups(self, value: Any) -> dict[str, Any]:
        begins = sort_name(value)
        return {f"{self.field_name}__gte": begins, f"{self.field_name}__lt": begins + LAST_SIGN}


class MomentDayFilter(OwnLookups, DayFilter):
    """A day against a publication's column of moments."""

    def lookups(self, value: Any) -> dict[str, Any]:
        way, day = ("lt", value + timedelta(days=1)) if self.last else ("gte", value)
        return {f"{self.field_name}__{way}": midnight(day)}


def narrowed(filterset: Any, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the rows that the answers about their own columns leave."""
    for name, value in filterset.form.cleaned_data.items():
        if not isinstance(filterset.filters[name], Related):
            queryset = filterset.filters[name].filter(queryset, value)
    return queryset


def related(filterset: Any) -> list[Condition]:
    """Return the answered filters that lead over other rows."""
    found = answered(filterset).items()
    kinds = ((filterset.filters[name], value) for name, value in found)
    return [c for each, value in kinds if isinstance(each, Related) for c in each.conditions(value)]


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
        if isinstance(each, OwnLookups):
            found |= each.lookups(value)
        elif isinstance(value, slice):
            ends = {"gte": value.start, "lte": value.stop}
            found |= {f"{each.field_name}__{k}": v for k, v in ends.items() if v is not None}
        elif isinstance(value, list | tuple):
            found[f"{each.field_name}__in"] = value
        elif isinstance(each, NamedRowsFilter):
            found[f"{each.field_name}__{each.lookup_expr}"] = each.rows(value)
        else:
            found[f"{each.field_name}__{each.lookup_expr}"] = value
    return found
