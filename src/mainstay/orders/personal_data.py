"""Orders and what hangs on them, in the register of personal data."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mainstay.engine import mirror
from mainstay.orders.actions.mirroring import owe, pay
from mainstay.orders.models import Order
from mainstay.shared.personal_data import (
    Erasing,
    Impersonal,
    Personal,
    Place,
    blank,
    keep,
    publish,
    publish_place,
)

_BOOKS = _("the law on bookkeeping asks for it; the link to the person is cut")


def _cut_from_orders(erasing: Erasing) -> int:
    """Leave the orders to the books without their customer, and owe them to the mirror."""
    orders = Order.objects.filter(customer__in=sorted(erasing.subject.customers))
    numbers = list(orders.values_list("pk", flat=True))
    Order.objects.filter(pk__in=numbers).update(customer=None)
    owe(numbers)
    return len(numbers)


def _empty_mirror(erasing: Erasing) -> int:
    """Take the person out of the mirror's files; the orders come back without a customer."""
    if mirror.is_mirror(mirror.folder_of(settings.MIRROR_URL)):
        mirror.erase(settings.MIRROR_URL, erasing.subject.customers)
        pay()
    return 0


ENTRIES = (
    Personal(
        "orders.Order",
        _("Orders"),
        customer="customer",
        texts=("source__name", "external_id", "currency"),
        erasure=blank(_BOOKS, customer=None),
        erase=_cut_from_orders,
    ),
    Personal(
        "orders.OrderLine",
        _("Order lines"),
        customer="order__customer",
        texts=("order__external_id", "external_id", "product__name"),
        erasure=keep(_BOOKS),
    ),
    Personal("orders.Contract", _("Contracts"), customer="customer", texts=("reference",)),
    Personal(
        "orders.DriverQuantity",
        _("Work caused"),
        customer="customer",
        texts=("activity__name",),
    ),
    Impersonal("orders.MirrorDebt", "numbers of orders that the mirror has to read again"),
    Impersonal("orders.ProductCategory", "groups of goods"),
    Impersonal("orders.Product", "goods"),
    Impersonal("orders.ExchangeRate", "rates of currencies"),
    Impersonal("orders.Activity", "work of the company and what it costs"),
)


def publish_entries() -> None:
    publish(*ENTRIES)
    publish_place(
        Place(
            "mirror",
            _("Analytics files (Parquet)"),
            _("Every file that holds the customer is written anew without it, the old one deleted"),
            empty=_empty_mirror,
        )
    )
