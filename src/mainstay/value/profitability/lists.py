"""What profit adds to the customers list, and the ready-made lists that answer questions."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.utils.translation import gettext_lazy as _

from mainstay.orders import queries as orders
from mainstay.shared.lists import Column, Kind, Publication, RowFilter
from mainstay.shared.lists.saved import ShippedView
from mainstay.value.lists import MoneyFilter

from . import queries
from .words import SIGNS, TREATMENT_TONES, TREATMENTS

TOP = [("0.05", _("top 5%")), ("0.1", _("top 10%")), ("0.2", _("top 20%"))]
TENTHS = [(str(n), str(n)) for n in range(1, 11)]
MONEY = "money.view"


def _above(name: str, label: Any) -> Any:
    return django_filters.NumberFilter(label=label, field_name=name, lookup_expr="gte", min_value=0)


def _below(name: str, label: Any) -> Any:
    return django_filters.NumberFilter(label=label, field_name=name, lookup_expr="lte", min_value=0)


class ProfitFilter(django_filters.FilterSet):
    net_profit_from = MoneyFilter(
        label=_("Net profit from"), field_name="net_profit_minor", lookup_expr="gte"
    )
    net_profit_to = MoneyFilter(
        label=_("Net profit to"), field_name="net_profit_minor", lookup_expr="lte"
    )
    unprofitable = django_filters.ChoiceFilter(
        label=_("Profitable"),
        field_name="net_profit_minor",
        lookup_expr="lt",
        choices=[("0", _("no: net profit below zero"))],
    )
    tenth = django_filters.ChoiceFilter(label=_("Tenth by net profit"), choices=TENTHS)
    treatment = django_filters.ChoiceFilter(
        label=_("Suggested treatment"), choices=list(TREATMENTS.items())
    )
    orders_from = _above("orders", _("Orders in 12 months from"))
    orders_to = _below("orders", _("Orders in 12 months to"))
    categories_to = _below("categories", _("Categories in 12 months to"))
    products_to = _below("products", _("Products in 12 months to"))
    sales_top = django_filters.ChoiceFilter(
        label=_("Largest by sales of 12 months"),
        field_name="sales_rank",
        lookup_expr="lt",
        choices=TOP,
    )
    sales_bring = django_filters.ChoiceFilter(
        label=_("Together bring of 12 months' sales"),
        field_name="sales_through",
        lookup_expr="lt",
        choices=[("0.8", "80%"), ("0.95", "95%")],
    )
    before_top = django_filters.ChoiceFilter(
        label=_("Largest by sales of the year before"),
        field_name="before_rank",
        lookup_expr="lt",
        choices=TOP,
    )
    ever_bottom = django_filters.ChoiceFilter(
        label=_("Smallest by sales ever"),
        field_name="ever_rank",
        lookup_expr="gte",
        choices=[("0.8", _("smallest 20%")), ("0.5", _("smaller half"))],
    )


class CellFilter(django_filters.FilterSet):
    cell_category = RowFilter(
        label=_("Buys from category"),
        field_name="category",
        queryset=lambda request: orders.categories(),
    )
    cell_sign = django_filters.ChoiceFilter(
        label=_("Profit in the category"),
        field_name="sign",
        choices=[(str(key), sign) for key, sign in SIGNS.items()],
    )


def conditions() -> Mapping[str, Any] | None:
    """Return what picks the current run's rows; None until there is a run."""
    run = queries.current_number()
    return {"run": run} if run else None


def money(key: str, label: Any, path: str, *, permission: str = MONEY, sort: str = "") -> Column:
    """Return a column of amounts, hidden until it is asked for."""
    return Column(
        key=key,
        label=label,
        path=path,
        kind=Kind.MONEY,
        sort=sort,
        shown=False,
        largest_first=True,
        permission=permission,
    )


def _count(key: str, label: Any, path: str) -> Column:
    return Column(key=key, label=label, path=path, kind=Kind.NUMBER, shown=False)


CUSTOMER_PROFIT = Publication(
    key="profit",
    related_name="profits",
    link="customer",
    conditions=conditions,
    permission="value.view",
    filterset=ProfitFilter,
    guarded_filters=dict.fromkeys(
        ("net_profit_from", "net_profit_to", "unprofitable", "tenth", "treatment"), MONEY
    ),
    columns=(
        money("net_profit", _("Net profit"), "net_profit_minor", sort="net_profit_minor"),
        money("service", _("Cost to serve"), "cost_to_serve_minor", sort="cost_to_serve_minor"),
        Column(
            key="treatment",
            label=_("Suggested treatment"),
            path="treatment",
            kind=Kind.CHOICE,
            choices=TREATMENTS,
            tones=TREATMENT_TONES,
            shown=False,
            permission=MONEY,
        ),
        money("sales_year", _("Sales in 12 months"), "revenue_minor", permission=""),
        money("sales_before", _("Sales the year before"), "before_minor", permission=""),
        _count("orders_year", _("Orders in 12 months"), "orders"),
        _count("categories", _("Categories in 12 months"), "categories"),
        _count("products", _("Products in 12 months"), "products"),
    ),
)
CUSTOMER_CELLS = Publication(
    key="profit_cells",
    related_name="profit_cells",
    link="customer",
    conditions=conditions,
    permission=MONEY,
    filterset=CellFilter,
    columns=(),
)


def _view(
    name: Any, columns: str, *, permission: str = "value.view", **answers: Any
) -> ShippedView:
    query = urlencode({**answers, "columns": columns})
    return ShippedView(name=name, query=query, permission=permission)


SALES = "owner,sales_year,sales_before,orders_year,abc_class"
READY_LISTS = (
    _view(_("Gold: the top 5% by last year's sales"), SALES, sales_top="0.05"),
    _view(_("2/8: those who together bring 80% of last year's sales"), SALES, sales_bring="0.8"),
    _view(
        _("Smallest 20%, nothing ordered for over a year: fewer mailings"),
        "owner,revenue,last_purchase,sales_before",
        ever_bottom="0.8",
        orders_to="0",
    ),
    _view(_("Class C: effort better spent on A"), "owner,revenue,orders_year", abc_class="C"),
    _view(
        _("Customers who cost us money"),
        "owner,net_profit,service,sales_year,treatment",
        permission=MONEY,
        unprofitable="0",
        sort="net_profit",
    ),
    _view(
        _("Last year's largest who ordered this year too"),
        SALES,
        before_top="0.05",
        orders_from="1",
    ),
    _view(
        _("Last year's largest who ordered nothing this year"),
        SALES,
        before_top="0.2",
        orders_to="0",
    ),
    _view(
        _("Buy from one or two categories only"),
        "owner,categories,products,sales_year,segment",
        categories_to="2",
        orders_from="1",
    ),
    _view(
        _("Buy one or two products only"),
        "owner,products,categories,sales_year,segment",
        products_to="2",
        orders_from="1",
    ),
)
