"""Everything that changes endpoints and what waits for them."""

from mainstay.shared.events.actions.endpoints import (
    add_endpoint,
    change_endpoint,
    change_secret,
    pause,
    remove_endpoint,
    resume,
)
from mainstay.shared.events.actions.replays import replay, replay_range, send_test
from mainstay.shared.events.actions.waiting import (
    forget_old,
    hold,
    keep,
    next_delivery,
    note,
    release,
)

__all__ = [
    "add_endpoint",
    "change_endpoint",
    "change_secret",
    "forget_old",
    "hold",
    "keep",
    "next_delivery",
    "note",
    "pause",
    "release",
    "remove_endpoint",
    "replay",
    "replay_range",
    "resume",
    "send_test",
]
