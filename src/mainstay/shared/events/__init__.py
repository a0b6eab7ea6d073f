"""What happened, told to programs outside: actions emit, endpoints subscribe, the worker delivers.

    emit("customer.created", subject=customer, now=now)

inside the transaction of the change. Without a subscriber nothing is written.
"""

from mainstay.shared.events.catalogue import Kind, follow, kinds, register
from mainstay.shared.events.outbox import emit, emit_many

__all__ = ["Kind", "emit", "emit_many", "follow", "kinds", "register"]
