"""From a run's summary to what its pages show; templates only place it."""

from .ready_lists import ready_lists
from .runs import RunPage, rows, run

__all__ = ["RunPage", "ready_lists", "rows", "run"]
