"""Reads of endpoints and of what is sent to them."""

from mainstay.shared.events.models import Subscription


def subscribed(event: str) -> list[int]:
    """Return the endpoints that want the event."""
    wanting = Subscription.objects.filter(event=event, endpoint__removed_at=None)
    return list(wanting.order_by("endpoint").values_list("endpoint", flat=True))
