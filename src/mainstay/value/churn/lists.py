"""What losses add to the customers list: who was lost when, and why."""

from typing import Any

import django_filters
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ChoiceField

from mainstay.shared.forms import DayInput
from mainstay.shared.lists import Publication
from mainstay.value.lists import conditions

from . import queries
from .rules import NOT_NOTED


def reasons() -> list[tuple[str, str]]:
    return [*queries.reasons(archived=True).items(), (NOT_NOTED, gettext("Nobody has noted why"))]


class ReasonField(ChoiceField):
    """A reason; its value is the customers of whom it was noted last."""

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return queries.whose_reason_is(key) if key else None


class ReasonFilter(django_filters.ChoiceFilter):
    field_class = ReasonField


class LossFilter(django_filters.FilterSet):
    lost_from = django_filters.DateFilter(
        label=_("Lost from"), field_name="lost_on", lookup_expr="gte", widget=DayInput
    )
    lost_until = django_filters.DateFilter(
        label=_("Lost until"), field_name="lost_on", lookup_expr="lte", widget=DayInput
    )
    loss_reason = ReasonFilter(
        label=_("Lost, with the reason"), field_name="customer", lookup_expr="in", choices=reasons
    )
    not_back = django_filters.BooleanFilter(
        label=_("Lost and not back"), field_name="came_back_on", lookup_expr="isnull"
    )


CUSTOMER_LOSSES = Publication(
    key="losses",
    related_name="losses",
    link="customer",
    conditions=conditions,
    permission="value.view",
    filterset=LossFilter,
    columns=(),
)
