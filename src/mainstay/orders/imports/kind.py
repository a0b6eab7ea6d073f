"""The kinds of import that orders publish."""

from django.utils.translation import gettext_lazy as _

from mainstay.customers.imports.kinds import Kind
from mainstay.orders.imports.columns import (
    ORDER_COLUMNS,
    PRODUCT_COLUMNS,
    QUANTITY_COLUMNS,
    RATE_COLUMNS,
    order_missing,
    order_required,
)
from mainstay.orders.imports.orders_work import OrdersWork
from mainstay.orders.imports.products_work import ProductsWork
from mainstay.orders.imports.quantities_work import QuantitiesWork
from mainstay.orders.imports.rates_work import RatesWork

REASONS = {
    "stock": _("Stock corrections: no price and no customer, so not a sale"),
    "bad_debt": _("Bad debts written off: bookkeeping, not a sale"),
    "nothing": _("Lines with nothing on them: quantity and amount are zero"),
    "no_customer": _("Lines without a customer: they count in sales, not in customer value"),
    "postage": _("Postage lines: kept, marked as postage"),
    "discount": _("Discount lines: kept, marked as discounts"),
    "manual": _("Manual bookings, samples and fees: kept, marked as manual"),
    "returns": _("Returns and cancellations"),
    "returns_tied": _("Returns tied to the order they take back"),
    "repeated": _("Lines of a product that is in the same order more than once: all kept"),
    "free": _("Lines without a price: kept as free goods"),
    "torn": _("Orders that name more than one customer: the first by number was taken"),
}
ORDERS = Kind(
    key="orders",
    order=1,
    label=_("Orders"),
    text=_(
        "One row per order line: what a customer bought, when, for how much. Customers and "
        "products that are new are added."
    ),
    icon="shopping-cart",
    permission="orders.import",
    columns=ORDER_COLUMNS,
    fills={"country": (("customers.customer", "country"),)},
    work=OrdersWork,
    missing=order_missing,
    reasons=REASONS,
    url_name="orders:list",
    required=order_required,
)
PRODUCTS = Kind(
    key="products",
    order=2,
    label=_("Products"),
    text=_("One row per product: its code, name, category and what one costs you."),
    icon="package",
    permission="orders.import",
    columns=PRODUCT_COLUMNS,
    work=ProductsWork,
    url_name="orders:products",
)
RATES = Kind(
    key="rates",
    order=3,
    label=_("Exchange rates"),
    text=_("One row per currency and day or month: what one unit is worth in your currency."),
    icon="arrow-left-right",
    permission="orders.import",
    columns=RATE_COLUMNS,
    work=RatesWork,
    url_name="orders:rates",
)
QUANTITIES = Kind(
    key="quantities",
    order=4,
    label=_("Quantities of activities"),
    text=_(
        "One row per customer, activity and day: how often customers caused work that no order "
        "tells of."
    ),
    icon="tally-5",
    permission="orders.edit",
    columns=QUANTITY_COLUMNS,
    work=QuantitiesWork,
    reasons={"added_up": _("Rows of the same activity, customer and day: added up")},
)
