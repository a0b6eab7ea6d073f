"""The two kinds of import that orders publish."""

from django.utils.translation import gettext_lazy as _

from mainstay.customers.imports.kinds import Kind
from mainstay.orders.imports.columns import (
    ORDER_COLUMNS,
    PRODUCT_COLUMNS,
    order_missing,
    order_required,
)
from mainstay.orders.imports.orders_work import OrdersWork
from mainstay.orders.imports.products_work import ProductsWork

ORDERS = Kind(
    key="orders",
    label=_("Orders"),
    text=_(
        "One row per order line: what a customer bought, when, for how much. Customers and "
        "products that are new are added."
    ),
    icon="shopping-cart",
    permission="orders.import",
    columns=ORDER_COLUMNS,
    work=OrdersWork,
    missing=order_missing,
    required=order_required,
)
PRODUCTS = Kind(
    key="products",
    label=_("Products"),
    text=_("One row per product: its code, name, category and what one costs you."),
    icon="package",
    permission="orders.import",
    columns=PRODUCT_COLUMNS,
    work=ProductsWork,
)
