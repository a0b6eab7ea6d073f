"""What profitability gives to the rest: fields, ready lists, a card."""

from mainstay.customers import cards, fields
from mainstay.shared.lists.saved import ship

from .card import card
from .lists import CUSTOMER_CELLS, CUSTOMER_PROFIT, READY_LISTS


def publish() -> None:
    fields.publish(CUSTOMER_PROFIT)
    fields.publish(CUSTOMER_CELLS)
    ship("customers", *READY_LISTS)
    cards.publish("profit", card, order=30)
