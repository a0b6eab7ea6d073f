"""Where shared code leaves audit events; the records capability publishes itself here."""

from collections.abc import Callable
from typing import Any

_writers: list[Callable[..., None]] = []


def publish(writer: Callable[..., None]) -> None:
    _writers[:] = [writer]


def record(**event: Any) -> None:
    """Write an audit event: the same arguments as `records.actions.record`."""
    for writer in _writers:
        writer(**event)
