"""Work that comes round: each slot is enqueued exactly once, by whichever worker is first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Repeated:
    task: Any
    seconds: int


_repeated: dict[str, Repeated] = {}
_enqueued: dict[str, int] = {}


def every(*, minutes: int, name: str, task: Any) -> None:
    """Have workers enqueue the task once in each period; called in an app's ready()."""
    _repeated[name] = Repeated(task=task, seconds=minutes * 60)


def enqueue_due(*, now: datetime) -> None:
    for name, repeated in _repeated.items():
        slot = int(now.timestamp()) // repeated.seconds
        if _enqueued.get(name) == slot:
            continue
        key = f"{name}@{datetime.fromtimestamp(slot * repeated.seconds, UTC).isoformat()}"
        repeated.task.using(key=key).enqueue()
        _enqueued[name] = slot
