"""What gaps add to the customers list: the sums over all markets of each customer."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from mainstay.shared.lists import Column, Kind, Publication
from mainstay.value.lists import MoneyFilter, conditions


class GapFilter(django_filters.FilterSet):
    gap_from = MoneyFilter(
        label=_("Current gap from"), field_name="current_minor", lookup_expr="gte"
    )
    wallet_share_to = django_filters.NumberFilter(
        label=_("Share of wallet up to (0 to 1)"), field_name="share_of_wallet", lookup_expr="lte"
    )


def of_all_markets() -> Mapping[str, Any] | None:
    """Return what picks each customer's sum in the current run."""
    run = conditions()
    return run and {**run, "category__isnull": True}


CUSTOMER_GAPS = Publication(
    key="gaps",
    related_name="gaps",
    link="customer",
    conditions=of_all_markets,
    permission="value.view",
    filterset=GapFilter,
    columns=(
        Column(
            key="current_gap",
            label=_("Current gap"),
            path="current_minor",
            kind=Kind.MONEY,
            sort="current_minor",
            largest_first=True,
            shown=False,
        ),
        Column(
            key="future_gap",
            label=_("Future gap"),
            path="future_minor",
            kind=Kind.MONEY,
            shown=False,
        ),
        Column(
            key="wallet_share",
            label=_("Share of wallet"),
            path="share_of_wallet",
            kind=Kind.SHARE,
            shown=False,
        ),
    ),
)
