"""What the start page shows: what is new among the customers the person sees."""

from typing import Any

from mainstay.customers import queries as customers
from mainstay.orders import queries as orders
from mainstay.people import queries as people

SHOWN = 8
ICONS = {
    "call": "phone",
    "visit": "map-pin",
    "meeting": "handshake",
    "email": "mail",
    "letter": "mail-open",
    "note": "sticky-note",
}


def home(user: Any) -> dict[str, Any]:
    """Return the context of the start page."""
    newest = orders.visible_to(user).select_related("customer").order_by("-ordered_at", "-pk")
    talks = customers.interactions_visible_to(user).filter(archived_at=None)
    latest = talks.select_related("customer", "user").order_by("-occurred_at", "-pk")[:SHOWN]
    return {
        "company": people.company(),
        "orders": list(newest[:SHOWN]),
        "talks": [(ICONS[talk.channel], talk) for talk in latest],
    }
