"""Reads of orders and products; orders follow their customer's visibility."""

from typing import Any

from django.db.models import Q, QuerySet

from mainstay.customers import queries as customers
from mainstay.orders.models import Order, OrderLine, Product, ProductCategory
from mainstay.people import permissions


def visible_to(user: Any) -> QuerySet[Order]:
    """Return the orders of visible customers; those without customer only to whoever sees all."""
    if not permissions.can(user, "orders.view"):
        return Order.objects.none()
    return Order.objects.filter(customers.reach(user, "customer__"))


def of_customer(user: Any, customer_id: int) -> QuerySet[Order]:
    """Return the customer's orders, latest first."""
    return visible_to(user).filter(customer=customer_id).order_by("-ordered_at", "-pk")


def lines(order: Order) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order=order).select_related("product").order_by("pk")


def products_visible_to(user: Any) -> QuerySet[Product]:
    """Return the whole catalogue: it belongs to the company, not to a team."""
    if not permissions.can(user, "orders.view"):
        return Product.objects.none()
    return Product.objects.all()


def categories() -> QuerySet[ProductCategory]:
    return ProductCategory.objects.order_by("name")


def by_number(user: Any, typed: str) -> QuerySet[Order]:
    """Return the visible orders whose number begins so, found along the index of each source."""
    typed = typed.strip()
    beginnings = Q()
    for form in {typed, typed.upper()}:
        # A range, not LIKE: the index serves it under every collation, startswith settles the rest.
        beginnings |= Q(
            external_id__gte=form,
            external_id__lt=form + "\U0010ffff",
            external_id__startswith=form,
        )
    sources = list(customers.sources().values_list("pk", flat=True))
    return (
        visible_to(user).filter(beginnings, source__in=sources) if typed else Order.objects.none()
    )
