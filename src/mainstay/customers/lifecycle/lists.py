"""The stage in the customers list: a column and a filter."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from mainstay.shared.forms import DayInput
from mainstay.shared.lists import Column, Kind, Publication

from .labels import LABELS, TONES
from .models import STAGES


class StageFilter(django_filters.FilterSet):
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=STAGES)
    stage_from = django_filters.DateFilter(
        label=_("In the stage since, from"), field_name="since", lookup_expr="gte", widget=DayInput
    )
    stage_to = django_filters.DateFilter(
        label=_("In the stage since, up to"), field_name="since", lookup_expr="lte", widget=DayInput
    )


def _every() -> Mapping[str, Any]:
    return {}


CUSTOMER_STAGES = Publication(
    key="lifecycle",
    related_name="standing",
    link="customer",
    conditions=_every,
    filterset=StageFilter,
    columns=(
        Column(
            key="stage",
            label=_("Stage"),
            path="stage",
            kind=Kind.CHOICE,
            choices=LABELS,
            tones=TONES,
            sort="stage",
            shown=False,
        ),
        Column(
            key="stage_since",
            label=_("In the stage since"),
            path="since",
            kind=Kind.DAY,
            sort="since",
            largest_first=True,
            shown=False,
        ),
    ),
)
