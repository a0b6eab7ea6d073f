"""What waits to be sent."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mainstay.shared.events.models import Event


def keep(name: str, *, parts: Iterable[Any], endpoints: Iterable[int], now: datetime) -> None:
    """Write a row for each part and endpoint, in the caller's transaction."""
    Event.objects.bulk_create(
        Event(endpoint_id=endpoint, name=name, items=items, at=now)
        for items in parts
        for endpoint in endpoints
    )
