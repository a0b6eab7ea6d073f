from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "mainstay.orders"

    def ready(self) -> None:
        """Publish readable fields, navigation entries and palette sources."""
        from mainstay.customers.imports import kinds
        from mainstay.orders import (
            events,
            lifecycle,
            measures,
            permissions,
            personal_data,
            queries,
            segments,
            timeline,
        )
        from mainstay.orders.actions import days_changed
        from mainstay.orders.imports.kind import ORDERS, PRODUCTS, QUANTITIES, RATES
        from mainstay.orders.palette import orders, products
        from mainstay.people.actions import follow_settings, keep_currency_while
        from mainstay.shared import navigation, palette

        palette.register(orders, _("Orders"))
        palette.register(products, _("Products"))
        for entry in _entries():
            navigation.register(entry)
        permissions.publish()
        lifecycle.publish()
        events.publish()
        personal_data.publish_entries()
        segments.publish()
        timeline.publish()
        measures.publish()
        keep_currency_while(queries.any_recorded)
        follow_settings(days_changed)
        _follow_merges()
        for kind in (PRODUCTS, ORDERS, RATES, QUANTITIES):
            kinds.register(kind)


def _entries() -> list[Any]:
    from mainstay.shared.navigation import Entry

    places = (
        ("orders", _("Orders"), "shopping-cart", "orders:list", 130, "orders.view"),
        ("products", _("Products"), "package", "orders:products", 140, "orders.view"),
        ("contracts", _("Contracts"), "scroll-text", "orders:contracts", 150, "orders.view"),
        ("rates", _("Exchange rates"), "arrow-left-right", "orders:rates", 925, "orders.import"),
    )
    return [
        Entry(key=key, label=label, icon=icon, url_name=url_name, order=order, permission=right)
        for key, label, icon, url_name, order, right in places
    ]


def _follow_merges() -> None:
    """Let the mirror know of orders that went to another customer by a merge."""
    from mainstay.customers.merging import relations
    from mainstay.orders.actions import owe

    relations.follow("orders.Order", owe)
