"""Everything that changes endpoints and what waits for them."""

from mainstay.shared.events.actions.waiting import keep

__all__ = ["keep"]
