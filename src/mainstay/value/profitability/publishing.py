"""What profitability gives to the rest: fields and ready lists, a card, a place in navigation."""

from django.utils.translation import gettext_lazy as _

from mainstay.customers import cards, fields
from mainstay.shared.lists.saved import ship
from mainstay.shared.navigation import Entry, register

from .card import card
from .lists import CUSTOMER_CELLS, CUSTOMER_PROFIT, READY_LISTS


def publish() -> None:
    fields.publish(CUSTOMER_PROFIT)
    fields.publish(CUSTOMER_CELLS)
    ship("customers", *READY_LISTS)
    cards.publish("profit", card)
    for key, label, icon, url_name, order in (
        ("profitability", _("Profitability"), "scale", "value:profitability", 220),
        ("calculator", _("Calculator"), "calculator", "value:calculator", 290),
    ):
        register(
            Entry(
                key=key,
                label=label,
                icon=icon,
                url_name=url_name,
                order=order,
                permission="money.view",
            )
        )
