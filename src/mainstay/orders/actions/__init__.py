"""Everything that changes orders and products."""

from mainstay.orders.actions.activities import archive_activity, save_activity
from mainstay.orders.actions.batch import record_acceptable
from mainstay.orders.actions.categories import category_named, save_category
from mainstay.orders.actions.contracts import (
    add_contract,
    change_contract,
    record_contracts,
    remove_contract,
)
from mainstay.orders.actions.mirroring import days_changed, owe, owe_everything, pay, rebuild
from mainstay.orders.actions.orders import Recorded, record_order, record_orders
from mainstay.orders.actions.products import (
    ProductsRecorded,
    change_product,
    make_products_findable,
    record_products,
)
from mainstay.orders.actions.quantities import (
    QuantitiesRefused,
    QuantityIn,
    record_quantities,
    set_quantities,
)
from mainstay.orders.actions.rates import remove_rate, set_rate, set_rates
from mainstay.orders.actions.refusals import OrdersRefused, sentence

__all__ = [
    "OrdersRefused",
    "ProductsRecorded",
    "QuantitiesRefused",
    "QuantityIn",
    "Recorded",
    "add_contract",
    "archive_activity",
    "category_named",
    "change_contract",
    "change_product",
    "days_changed",
    "make_products_findable",
    "owe",
    "owe_everything",
    "pay",
    "rebuild",
    "record_acceptable",
    "record_contracts",
    "record_order",
    "record_orders",
    "record_products",
    "record_quantities",
    "remove_contract",
    "remove_rate",
    "save_activity",
    "save_category",
    "sentence",
    "set_quantities",
    "set_rate",
    "set_rates",
]
