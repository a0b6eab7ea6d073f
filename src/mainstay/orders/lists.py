"""The lists of orders, products and contracts."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mainstay.customers import queries as customers
from mainstay.customers.restriction import withheld
from mainstay.orders import queries
from mainstay.people import permissions
from mainstay.people import queries as people
from mainstay.shared import search
from mainstay.shared.forms import DayInput
from mainstay.shared.lists import Column, DayFilter, EmptyState, Kind, ListDefinition, RowFilter

YES_NO = {True: _("Return"), False: _("Order")}


class OrderFilter(django_filters.FilterSet):
    ordered_from = DayFilter(label=_("From"), field_name="ordered_at")
    ordered_until = DayFilter(label=_("Until"), field_name="ordered_at", last=True)
    is_return = django_filters.ChoiceFilter(
        label=_("Kind"), choices=[("true", _("Returns")), ("false", _("Orders"))], method="by_kind"
    )
    source = RowFilter(label=_("Source"), queryset=lambda request: customers.sources())

    def by_kind(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(is_return=value == "true")


class ProductFilter(django_filters.FilterSet):
    category = RowFilter(label=_("Category"), queryset=lambda request: queries.categories())
    without_cost = django_filters.BooleanFilter(
        label=_("Without unit cost"), field_name="unit_cost_minor", lookup_expr="isnull"
    )


def _sees_all(user: Any) -> bool:
    return permissions.scope(user, "customers.view") == permissions.Scope.ALL


ORDERS = ListDefinition(
    key="orders",
    title=_("Orders"),
    url_name="orders:list",
    search_hint=_("Order number or customer"),
    default_sort="-ordered_at",
    base=queries.visible_to,
    reach=_sees_all,
    search=queries.found,
    filterset=OrderFilter,
    row_url=lambda pk: reverse("orders:page", args=[pk]),
    export_permission="orders.export",
    **withheld("customer__"),
    columns=(
        Column(key="number", label=_("Order"), path="external_id"),
        Column(key="customer", label=_("Customer"), path="customer__name"),
        Column(
            key="ordered_at",
            label=_("Ordered"),
            path="ordered_at",
            kind=Kind.MOMENT,
            sort="ordered_at",
            largest_first=True,
        ),
        Column(
            key="kind",
            label=_("Kind"),
            path="is_return",
            kind=Kind.CHOICE,
            choices=YES_NO,
            tones={True: "amber"},
        ),
        Column(
            key="amount",
            label=_("Amount"),
            path="amount_minor",
            kind=Kind.MONEY,
            currency_path="currency",
        ),
        Column(key="source", label=_("Source"), path="source__name", shown=False),
    ),
    empty=EmptyState(
        icon="shopping-cart",
        title=_("No orders yet"),
        text=_("Orders come from a file, from the API, or with the demo company."),
    ),
)

PRODUCTS = ListDefinition(
    key="products",
    title=_("Products"),
    url_name="orders:products",
    search_hint=_("Name or code"),
    default_sort="name",
    base=queries.products_visible_to,
    reach=lambda user: True,
    search=search.words,
    filterset=ProductFilter,
    currency=lambda: people.company().currency,
    row_url=lambda pk: reverse("orders:product", args=[pk]),
    export_permission="orders.export",
    columns=(
        Column(key="name", label=_("Name"), path="name", sort="sort_name"),
        Column(key="code", label=_("Code"), path="external_id"),
        Column(key="category", label=_("Category"), path="category__name"),
        Column(
            key="unit_cost",
            label=_("Unit cost"),
            path="unit_cost_minor",
            kind=Kind.MONEY,
            permission="money.view",
        ),
        Column(key="source", label=_("Source"), path="source__name", shown=False),
    ),
    empty=EmptyState(
        icon="package",
        title=_("No products yet"),
        text=_("Products come with your orders, or from a file of products with their costs."),
    ),
)

RENEWED = {True: _("Renewed"), False: _("Not renewed")}


class ContractFilter(django_filters.FilterSet):
    ends_from = django_filters.DateFilter(
        label=_("Ends from"), field_name="ends", lookup_expr="gte", widget=DayInput
    )
    ends_until = django_filters.DateFilter(
        label=_("Ends until"), field_name="ends", lookup_expr="lte", widget=DayInput
    )
    renewed = django_filters.ChoiceFilter(
        label=_("Renewed"),
        choices=[("true", _("yes")), ("false", _("no")), ("open", _("not known yet"))],
        method="by_answer",
    )

    def by_answer(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(renewed={"true": True, "false": False}.get(value))


CONTRACTS = ListDefinition(
    key="contracts",
    title=_("Contracts"),
    url_name="orders:contracts",
    search_hint=_("Contract number or customer"),
    default_sort="-starts",
    base=queries.contracts_visible_to,
    reach=_sees_all,
    search=queries.found_contracts,
    filterset=ContractFilter,
    currency=lambda: people.company().currency,
    row_url=lambda pk: reverse("orders:contract", args=[pk]),
    export_permission="orders.export",
    **withheld("customer__"),
    columns=(
        Column(key="customer", label=_("Customer"), path="customer__name"),
        Column(key="reference", label=_("Contract number"), path="reference"),
        Column(
            key="starts",
            label=_("From"),
            path="starts",
            kind=Kind.DAY,
            sort="starts",
            largest_first=True,
        ),
        Column(key="ends", label=_("Until"), path="ends", kind=Kind.DAY),
        Column(
            key="renewed",
            label=_("Renewed"),
            path="renewed",
            kind=Kind.CHOICE,
            choices=RENEWED,
            tones={True: "green", False: "red"},
        ),
        Column(key="yearly", label=_("Amount a year"), path="yearly_minor", kind=Kind.MONEY),
    ),
    empty=EmptyState(
        icon="scroll-text",
        title=_("No contracts yet"),
        text=_("Write down what customers have signed, or send contracts over the API."),
        url_name="orders:add_contract",
        label=_("Add a contract"),
        permission="orders.contracts",
    ),
)
