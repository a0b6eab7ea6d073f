"""Rows that the rules of segments ask: only to narrow customers that are limited already."""

from django.db.models import QuerySet

from mainstay.orders.models import Contract, Order, OrderLine
from mainstay.people.queries import company


def placed() -> QuerySet[Order]:
    return Order.objects.filter(is_return=False)


def returned() -> QuerySet[Order]:
    return Order.objects.filter(is_return=True)


def lines_placed() -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order__is_return=False)


def in_own_currency() -> QuerySet[Order]:
    """Return orders and returns whose amounts can be added up."""
    return Order.objects.filter(currency=company().currency)


def every_contract() -> QuerySet[Contract]:
    return Contract.objects.all()
