"""What net value adds to the customers list."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from mainstay.shared.lists import Column, Kind, Publication
from mainstay.value.lists import MoneyFilter
from mainstay.value.profitability.lists import conditions

MONEY = "money.view"


class NetValueFilter(django_filters.FilterSet):
    net_value_from = MoneyFilter(
        label=_("Net lifetime value from"), field_name="net_minor", lookup_expr="gte"
    )
    net_value_to = MoneyFilter(
        label=_("Net lifetime value to"), field_name="net_minor", lookup_expr="lte"
    )


def _money(key: str, label: Any, path: str, sort: str = "") -> Column:
    return Column(
        key=key,
        label=label,
        path=path,
        kind=Kind.MONEY,
        sort=sort,
        largest_first=True,
        shown=False,
        permission=MONEY,
    )


CUSTOMER_NET_VALUE = Publication(
    key="net_value",
    related_name="net_values",
    link="customer",
    conditions=conditions,
    permission=MONEY,
    filterset=NetValueFilter,
    columns=(
        _money("net_value", _("Net lifetime value"), "net_minor", sort="net_minor"),
        _money("recommended", _("Recommendations to come"), "recommended_minor"),
        _money("acquisition", _("Cost of winning it"), "acquisition_minor"),
    ),
)
