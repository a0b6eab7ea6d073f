"""What net value adds to the customers list."""

import django_filters
from django.utils.translation import gettext_lazy as _

from mainstay.shared.lists import Publication
from mainstay.value.lists import MoneyFilter
from mainstay.value.profitability.lists import MONEY, conditions, money


class NetValueFilter(django_filters.FilterSet):
    net_value_from = MoneyFilter(
        label=_("Net lifetime value from"), field_name="net_minor", lookup_expr="gte"
    )
    net_value_to = MoneyFilter(
        label=_("Net lifetime value to"), field_name="net_minor", lookup_expr="lte"
    )


CUSTOMER_NET_VALUE = Publication(
    key="net_value",
    related_name="net_values",
    link="customer",
    conditions=conditions,
    permission=MONEY,
    filterset=NetValueFilter,
    columns=(
        money("net_value", _("Net lifetime value"), "net_minor", sort="net_minor"),
        money("recommended", _("Recommendations to come"), "recommended_minor"),
        money("acquisition", _("Cost of winning it"), "acquisition_minor"),
    ),
)
