"""Custom fields in lists: a column, a sort and a filter for each, along the index of its type."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

import django_filters
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mainstay.people import queries as people
from mainstay.shared.forms import DayInput
from mainstay.shared.lists import (
    BeginningFilter,
    Column,
    Kind,
    MomentDayFilter,
    Publication,
    RowFilter,
)
from mainstay.shared.templatetags import figures

from . import queries
from .models import Definition
from .rules import LISTED, NUMBERS, SORTED_TEXTS, Type

NAME = "custom_{}"
KINDS: Mapping[Type, Kind] = {
    Type.WHOLE: Kind.NUMBER,
    Type.DECIMAL: Kind.SCALED,
    Type.MONEY: Kind.MONEY,
    Type.DAY: Kind.DAY,
    Type.MOMENT: Kind.MOMENT,
    Type.USER: Kind.PERSON,
    Type.CHOICES: Kind.TAGS,
}
PATHS: Mapping[Type, str] = {
    Type.DAY: "day",
    Type.MOMENT: "moment",
    Type.CHOICE: "choice__label",
    Type.USER: "user__name",
    Type.LONG_TEXT: "long_text",
    **dict.fromkeys(SORTED_TEXTS, "text"),
}
SORTS: Mapping[Type, str] = {
    Type.DAY: "day",
    Type.MOMENT: "moment",
    Type.USER: "",
    Type.LONG_TEXT: "",
    Type.CHOICES: "",
    **dict.fromkeys(SORTED_TEXTS, "sort_text"),
}
YES_NO = {1: _("Yes"), 0: _("No")}


def publications(subject: str) -> tuple[Publication, ...]:
    """Return what gives the list of customers or contacts its custom fields as they are now."""
    return tuple(map(publication, queries.definitions(subject)))


def publication(field: Definition) -> Publication:
    """Return the field as a column with its sort and filter."""
    return Publication(
        key=NAME.format(field.key),
        related_name="custom_values",
        link=field.subject,
        conditions=partial(dict, field=field.pk),
        columns=(_column(field),),
        filterset=filterset(field),
        seen_by=partial(_may_see, field),
    )


def _may_see(field: Definition, user: Any) -> bool:
    return queries.allows(user, field.seen_by)


def _column(field: Definition) -> Column:
    kind = Type(field.type)
    return Column(
        key=NAME.format(field.key),
        label=field.label,
        path=PATHS.get(kind, "number"),
        kind=KINDS.get(kind, Kind.TEXT),
        sort=SORTS.get(kind, "number"),
        choices=YES_NO if kind == Type.YES_NO else {},
        currency=field.currency,
        places=field.places,
        shown=False,
        largest_first=kind in NUMBERS,
        load=partial(_several, field) if kind == Type.CHOICES else None,
    )


def _several(field: Definition, numbers: list[int]) -> dict[int, list[str]]:
    labels = {each.pk: each.label for each in queries.field_answers(field)}
    found = queries.values_of(field.subject, numbers, [field])
    return {n: [labels[each] for each in stored[field.key]] for n, stored in found.items()}


class Scaled(forms.DecimalField):
    """A number typed in whole units; its value is what the column holds."""

    def __init__(self, *, places: int, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=places, localize=True, **kwargs)
        self.places = places

    def clean(self, value: Any) -> Any:
        number: Decimal | None = super().clean(value)
        return None if number is None else int(number.scaleb(self.places))

    def written(self, value: int) -> str:
        """Return the value as it was typed, for the chip that names the filter."""
        return figures.number(Decimal(value).scaleb(-self.places), self.places)


class ScaledFilter(django_filters.NumberFilter):
    field_class = Scaled


def filterset(field: Definition) -> Any:
    """Return the filters of a field; making the class is kept, for every page asks for it."""
    answers = tuple((str(each.pk), each.label) for each in queries.field_answers(field))
    return _filterset(field.key, field.label, Type(field.type), field.places, answers)


@lru_cache(maxsize=512)
def _filterset(
    key: str, label: str, kind: Type, places: int, answers: tuple[tuple[str, str], ...]
) -> Any:
    filters = _filters(label, kind, places, answers)
    named = {f"{NAME.format(key)}{ending}": each for ending, each in filters.items()}
    return type("CustomFilter", (django_filters.FilterSet,), named) if named else None


def _filters(
    label: str, kind: Type, places: int, answers: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    if kind in LISTED:
        choices = {"field_name": "choice", "choices": answers, "empty_label": "–"}
        return {"": django_filters.ChoiceFilter(label=label, **choices)}
    if kind in SORTED_TEXTS:
        begins = format_lazy(_("{field} begins with"), field=label)
        return {"": BeginningFilter(label=begins, field_name="sort_text", max_length=80)}
    match kind:
        case Type.LONG_TEXT:
            return {}
        case Type.YES_NO:
            said: Any = [(str(value), word) for value, word in YES_NO.items()]
            return {"": django_filters.ChoiceFilter(label=label, field_name="number", choices=said)}
        case Type.USER:
            users = {"queryset": lambda request: people.named_owners()}
            return {"": RowFilter(label=label, field_name="user", **users)}
        case _:
            return _range(label, kind, places)


def _range(label: str, kind: Type, places: int) -> dict[str, Any]:
    low, high = (format_lazy(said, field=label) for said in (_("{field} from"), _("{field} up to")))
    match kind:
        case Type.DAY:
            made, about = django_filters.DateFilter, {"field_name": "day", "widget": DayInput}
        case Type.MOMENT:
            return {
                "-from": MomentDayFilter(label=low, field_name="moment"),
                "-to": MomentDayFilter(label=high, field_name="moment", last=True),
            }
        case _:
            made, about = ScaledFilter, {"field_name": "number", "places": places}
    return {
        "-from": made(label=low, lookup_expr="gte", **about),
        "-to": made(label=high, lookup_expr="lte", **about),
    }
