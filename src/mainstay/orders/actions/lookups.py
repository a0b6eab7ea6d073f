"""What a batch of orders refers to: customers, products, earlier orders; each looked up once."""

from collections.abc import Sequence
from typing import Any

from mainstay.customers import queries as customers
from mainstay.orders.models import Order, Product
from mainstay.orders.rules import Fault, OrderIn, Problem
from mainstay.shared import text

AT_ONCE = 500


class Lookups:
    """The rows behind the names in a batch; products not known yet are added."""

    def __init__(self, *, by: Any, source: Any, orders: Sequence[OrderIn]) -> None:
        self.by, self.source, self.orders = by, source, orders
        visible = customers.seen_by(by)
        numbers = {order.customer_id for order in orders if order.customer_id is not None}
        self._numbers = set(visible.filter(pk__in=numbers).values_list("pk", flat=True))
        names = {order.customer for order in orders if order.customer}
        self._customers = customers.by_reference(by, source.name, list(names))
        self._earlier = self._ids({order.reverses for order in orders if order.reverses})
        self.products: dict[str, int] = {}

    def customers(self) -> set[int]:
        """Return whom the orders are of."""
        return self._numbers | set(self._customers.values())

    def problems(self) -> list[Problem]:
        """Return the references that lead nowhere; with none, see that every product exists."""
        own = {order.external_id for order in self.orders}
        found = []
        for index, order in enumerate(self.orders):
            if order.customer_id is not None and order.customer_id not in self._numbers:
                value = str(order.customer_id)
                found.append(Problem(index, "customer_id", value, Fault.UNKNOWN_CUSTOMER))
            elif order.customer and order.customer not in self._customers:
                found.append(Problem(index, "customer", order.customer, Fault.UNKNOWN_CUSTOMER))
            if order.reverses and order.reverses not in own and order.reverses not in self._earlier:
                found.append(Problem(index, "reverses", order.reverses, Fault.UNKNOWN_ORDER))
        if not found:
            self._add_products()
        return found

    def customer_of(self, order: OrderIn) -> int | None:
        if order.customer_id is not None:
            return order.customer_id
        return self._customers.get(order.customer)

    def known_orders(self) -> dict[str, Order]:
        """Return the batch's orders that stand in the database, locked, by the source's name."""
        names = [order.external_id for order in self.orders]
        rows = Order.objects.select_for_update().filter(source=self.source, external_id__in=names)
        return {row.external_id: row for row in rows.order_by("pk")}

    def originals(self) -> dict[str, int]:
        return self._ids({order.reverses for order in self.orders if order.reverses})

    def _ids(self, names: set[str]) -> dict[str, int]:
        rows = Order.objects.filter(source=self.source, external_id__in=names)
        return dict(rows.values_list("external_id", "pk"))

    def _add_products(self) -> None:
        titles = {
            line.product: line.product_name or line.product
            for order in self.orders
            for line in order.lines
            if line.product
        }
        known = Product.objects.filter(source=self.source, external_id__in=list(titles))
        self.products = dict(known.values_list("external_id", "pk"))
        missing = [code for code in titles if code not in self.products]
        if not missing:
            return
        rows = [_product(self.source, code, titles[code]) for code in missing]
        Product.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
        self.products |= dict(
            Product.objects.filter(source=self.source, external_id__in=missing).values_list(
                "external_id", "pk"
            )
        )


def _product(source: Any, code: str, name: str) -> Product:
    return Product(
        source=source,
        external_id=code,
        name=name,
        sort_name=text.sort_name(name),
        search=text.search_text([name], [code]),
    )
