"""Everything that changes endpoints and what waits for them."""

from mainstay.shared.events.actions.endpoints import (
    add_endpoint,
    change_endpoint,
    pause,
    remove_endpoint,
    resume,
)
from mainstay.shared.events.actions.replays import replay, replay_range, send_test
from mainstay.shared.events.actions.rotating import (
    MOST_HOURS,
    OVERLAP_HOURS,
    change_secret,
    end_previous_secret,
)
from mainstay.shared.events.actions.waiting import (
    forget_old,
    hold,
    keep,
    next_delivery,
    note,
    release,
)

__all__ = [
    "MOST_HOURS",
    "OVERLAP_HOURS",
    "add_endpoint",
    "change_endpoint",
    "change_secret",
    "end_previous_secret",
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
