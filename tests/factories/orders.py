"""Orders, lines and products for tests."""

from datetime import UTC, datetime

import factory

from mainstay.orders.models import Order, OrderLine, Product
from mainstay.shared import text
from tests.factories.customers import CustomerFactory, SourceFactory


class ProductFactory(factory.django.DjangoModelFactory[Product]):
    source = factory.SubFactory(SourceFactory)
    external_id = factory.Sequence(lambda n: f"P{n}")
    name = factory.Sequence(lambda n: f"Product {n}")
    sort_name = factory.LazyAttribute(lambda o: text.sort_name(o.name))
    search = factory.LazyAttribute(lambda o: text.search_text([o.name], [o.external_id]))

    class Meta:
        model = Product


class OrderFactory(factory.django.DjangoModelFactory[Order]):
    source = factory.SubFactory(SourceFactory)
    external_id = factory.Sequence(lambda n: f"O-{n}")
    customer = factory.SubFactory(CustomerFactory)
    ordered_at = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
    currency = "EUR"
    amount_minor = 10_000

    class Meta:
        model = Order


class OrderLineFactory(factory.django.DjangoModelFactory[OrderLine]):
    order = factory.SubFactory(OrderFactory)
    external_id = factory.Sequence(str)
    product = factory.SubFactory(ProductFactory)
    quantity = 4.0
    amount_minor = 10_000

    class Meta:
        model = OrderLine
