"""What happens to orders, as programs outside are told of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mainstay.orders import queries
from mainstay.shared import events


def describe(user: Any, ids: list[int]) -> dict[int, Any]:
    """Return the orders with their lines as the API tells them, of those the user may see."""
    # The API's libraries cost a second at start, which only a worker that sends needs.
    from mainstay.orders.api import with_lines

    found = queries.pushed(user, {"pk__in": ids})
    return {order.pk: with_lines(order, user).model_dump(mode="json") for order in found}


def publish() -> None:
    for name, label in (
        ("order.created", _("An order came in")),
        ("order.corrected", _("An order was corrected")),
    ):
        events.register(
            events.Kind(name=name, label=label, permission="orders.view", describe=describe)
        )
    events.follow("order.created", verbs=["order.recorded"])
    events.follow("order.corrected", verbs=["order.corrected"])
