"""What losses add to the customers list: who was lost when, and why."""

import django_filters
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import DayInput
from mainstay.shared.lists import NamedRowsFilter, Publication
from mainstay.value.lists import conditions

from . import queries
from .rules import NOT_NOTED


def reasons() -> list[tuple[str, str]]:
    return [*queries.reasons(archived=True).items(), (NOT_NOTED, gettext("Nobody has noted why"))]


class LossFilter(django_filters.FilterSet):
    lost_from = django_filters.DateFilter(
        label=_("Lost from"), field_name="lost_on", lookup_expr="gte", widget=DayInput
    )
    lost_until = django_filters.DateFilter(
        label=_("Lost until"), field_name="lost_on", lookup_expr="lte", widget=DayInput
    )
    loss_reason = NamedRowsFilter(
        label=_("Reason for leaving"),
        field_name="customer",
        lookup_expr="in",
        choices=reasons,
        rows=queries.whose_reason_is,
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
