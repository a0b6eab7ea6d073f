"""What the value of a customer adds to the customers list: columns, sorts and filters."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import DayInput
from mainstay.shared.lists import Column, Kind, Publication
from mainstay.value import queries
from mainstay.value.presenters.words import SEGMENT_TONES, SEGMENTS

CLASSES = [("A", "A"), ("B", "B"), ("C", "C")]
SCORES = [(score, str(score)) for score in range(5, 0, -1)]


class MinorUnits(forms.DecimalField):
    """An amount typed in whole units of the company's currency; its value is in minor units."""

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        return None if amount is None else queries.in_minor_units(amount)


class MoneyFilter(django_filters.NumberFilter):
    field_class = MinorUnits


class ValueFilter(django_filters.FilterSet):
    abc_class = django_filters.ChoiceFilter(label=_("ABC class"), choices=CLASSES)
    segment = django_filters.ChoiceFilter(label=_("RFM segment"), choices=list(SEGMENTS.items()))
    r = django_filters.ChoiceFilter(label=_("Recency score"), choices=SCORES)
    f = django_filters.ChoiceFilter(label=_("Frequency score"), choices=SCORES)
    m = django_filters.ChoiceFilter(label=_("Monetary score"), choices=SCORES)
    clv_from = MoneyFilter(label=_("CLV from"), field_name="clv_minor", lookup_expr="gte")
    clv_to = MoneyFilter(label=_("CLV to"), field_name="clv_minor", lookup_expr="lte")
    p_alive_from = django_filters.NumberFilter(
        label=_("P(alive) from"), field_name="p_alive", lookup_expr="gte"
    )
    p_alive_to = django_filters.NumberFilter(
        label=_("P(alive) to"), field_name="p_alive", lookup_expr="lte"
    )
    first_from = django_filters.DateFilter(
        label=_("First purchase from"),
        field_name="first_day",
        lookup_expr="gte",
        widget=DayInput,
    )
    first_to = django_filters.DateFilter(
        label=_("First purchase up to"), field_name="first_day", lookup_expr="lte", widget=DayInput
    )


def conditions() -> Mapping[str, Any] | None:
    """Return what picks the current run's rows; None until there is a run."""
    run = queries.current_number()
    return {"run": run} if run else None


CUSTOMER_VALUE = Publication(
    key="value",
    related_name="values",
    link="customer",
    conditions=conditions,
    permission="value.view",
    filterset=ValueFilter,
    guarded_filters={"clv_from": "money.view", "clv_to": "money.view"},
    columns=(
        Column(
            key="abc_class",
            label=_("Class"),
            path="abc_class",
            kind=Kind.CHOICE,
            choices={"A": "A", "B": "B", "C": "C"},
            tones={"A": "blue", "B": "sky"},
        ),
        Column(
            key="segment",
            label=_("Segment"),
            path="segment",
            kind=Kind.CHOICE,
            choices=SEGMENTS,
            tones=SEGMENT_TONES,
        ),
        Column(
            key="clv",
            label=_("CLV"),
            path="clv_minor",
            kind=Kind.MONEY,
            sort="clv_minor",
            nullable=True,
            largest_first=True,
            permission="money.view",
        ),
        Column(
            key="revenue",
            label=_("Revenue"),
            path="revenue_minor",
            kind=Kind.MONEY,
            sort="revenue_minor",
            largest_first=True,
        ),
        Column(
            key="p_alive",
            label=_("P(alive)"),
            path="p_alive",
            kind=Kind.SHARE,
            sort="p_alive",
            nullable=True,
        ),
        Column(key="rfm", label=_("RFM"), path="rfm", shown=False),
        Column(
            key="first_purchase",
            label=_("First purchase"),
            path="first_day",
            kind=Kind.DAY,
            shown=False,
        ),
        Column(
            key="last_purchase",
            label=_("Last purchase"),
            path="last_day",
            kind=Kind.DAY,
            shown=False,
        ),
        Column(
            key="expected",
            label=_("Expected in 12 months"),
            path="expected_12m",
            kind=Kind.DECIMAL,
            shown=False,
        ),
    ),
)
