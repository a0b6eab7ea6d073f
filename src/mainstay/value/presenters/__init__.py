"""From a run's summary to what its pages show; templates only place it."""

from .overview import Overview, overview
from .ready_lists import ready_lists
from .runs import RunPage, rows, run

__all__ = ["Overview", "RunPage", "overview", "ready_lists", "rows", "run"]
